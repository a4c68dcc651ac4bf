import { describe, expect, it } from 'vitest';

import { parseGitTarget, repositoryFolder } from './repository-path.ts';

describe('parseGitTarget', () => {
  it('splits a path into repository and endpoint', () => {
    expect(parseGitTarget('/team/app.git/info/refs')).toEqual({ repository: 'team/app.git', endpoint: 'info/refs' });
    expect(parseGitTarget('/app.git/git-receive-pack')).toEqual({ repository: 'app.git', endpoint: 'git-receive-pack' });
  });

  it.each([
    '/../secret.git/info/refs',
    '/team/../../secret.git/info/refs',
    '/%2e%2e/secret.git/info/refs',
    '//secret.git/info/refs',
    '/team/.git/info/refs',
    '/app/info/refs',
    '/app.git/objects/info/packs',
    '/app.git/config',
    'http://elsewhere/app.git/info/refs',
  ])('refuses %s', (path) => {
    expect(parseGitTarget(path)).toBeUndefined();
  });
});

describe('repositoryFolder', () => {
  it('adds the suffix once', () => {
    expect(repositoryFolder('team/app')).toBe('team/app.git');
    expect(repositoryFolder('team/app.git')).toBe('team/app.git');
  });

  it('throws on a name that leads elsewhere', () => {
    expect(() => repositoryFolder('../app')).toThrow('not a plain path');
    expect(() => repositoryFolder('/app')).toThrow('not a plain path');
  });
});
