import { describe, expect, it } from 'vitest';

import { carriesToken } from './git-access.ts';

const basic = (credentials: string): string => `Basic ${Buffer.from(credentials).toString('base64')}`;

describe('carriesToken', () => {
  it('accepts the token as bearer or as the password of any user', () => {
    expect(carriesToken('Bearer t0ken', 't0ken')).toBe(true);
    expect(carriesToken(basic('anyone:t0ken'), 't0ken')).toBe(true);
    expect(carriesToken(basic('oauth2:with:colons'), 'with:colons')).toBe(true);
  });

  it.each([undefined, '', 'Bearer', 'Bearer wrong', 'Digest t0ken', basic('t0ken:'), basic('anyone:t0ken2')])('refuses %s', (header) => {
    expect(carriesToken(header, 't0ken')).toBe(false);
  });
});
