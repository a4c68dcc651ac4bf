import { describe, expect, it } from 'vitest';
import { sameRepository } from './same-repository.ts';

const address = 'https://git.example.com/team/app.git';

describe('one repository', () => {
  it.each([
    'https://git.example.com/team/app',
    'https://git.example.com/team/app/',
    'https://git.example.com:443/team/app.git',
    'http://git.example.com/team/app.git',
    'https://bot:secret@git.example.com/team/app.git',
    'ssh://git@git.example.com/team/app.git',
    'ssh://git@git.example.com:22/team/app.git',
    'git@git.example.com:team/app.git',
    'git.example.com:team/app',
    'https://Git.Example.com/Team/App.git',
    ' https://git.example.com//team/app.git ',
  ])('is %s', (other) => {
    expect(sameRepository(address, other)).toBe(true);
    expect(sameRepository(other, address)).toBe(true);
  });
});

describe('another repository', () => {
  it.each([
    'https://git.example.com/team/app2.git',
    'https://git.example.com/other/app.git',
    'https://git.example.com:8443/team/app.git',
    'https://git2.example.com/team/app.git',
    'https://git.example.com/team/app.git.git',
    'file:///team/app.git',
    '',
  ])('is %s', (other) => {
    expect(sameRepository(address, other)).toBe(false);
  });

  it('is one without an address, to itself too', () => {
    expect(sameRepository('', '')).toBe(false);
  });

  it('is one on another port', () => {
    expect(sameRepository('http://127.0.0.1:4001/a.git', 'http://127.0.0.1:4002/a.git')).toBe(false);
    expect(sameRepository('http://127.0.0.1:4001/a.git', 'http://127.0.0.1:4001/a')).toBe(true);
  });
});
