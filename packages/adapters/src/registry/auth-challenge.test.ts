import { describe, expect, it } from 'vitest';
import { authChallenge } from './auth-challenge.ts';

describe('a challenge', () => {
  it.each([
    ['Bearer realm="https://auth.example.com/token",service="registry",scope="repository:a/b:pull,push"', 'repository:a/b:pull,push'],
    ['bearer Service=registry, Realm="https://auth.example.com/token" , scope="repository:a/b:pull,push"', 'repository:a/b:pull,push'],
    ['Basic realm="x", Bearer realm="https://auth.example.com/token",service="registry"', undefined],
  ])('%s asks for a token', (header, scope) => {
    const expected = { kind: 'bearer', realm: 'https://auth.example.com/token', service: 'registry' };

    expect(authChallenge(header)).toEqual({ ...expected, ...(scope === undefined ? {} : { scope }) });
  });

  it.each(['Basic realm="Registry"', 'basic', 'Bearer scope="x", Basic realm="y"'])('%s asks for a password', (header) => {
    expect(authChallenge(header)).toEqual({ kind: 'basic' });
  });

  it.each(['', 'Negotiate', 'Bearer', 'Bearer realm', 'Digest realm="x"'])('%j is none that we can meet', (header) => {
    expect(authChallenge(header)).toBe('none');
  });
});
