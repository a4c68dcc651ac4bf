import { describe, expect, it } from 'vitest';
import { fitsIdentity, IdentityPattern } from './identity-pattern.ts';

const fits = (pattern: string, identity: string): boolean => fitsIdentity(IdentityPattern.parse(pattern), identity);
const workflow = 'https://github.com/acme/shop/.github/workflows/release.yml@refs/heads/main';

describe('an identity pattern', () => {
  it('without wildcards is the identity itself', () => {
    expect(fits(workflow, workflow)).toBe(true);
    expect(fits(workflow, `${workflow}2`)).toBe(false);
    expect(fits(workflow, `x${workflow}`)).toBe(false);
    expect(fits('https://a.example.com/x', 'https://aXexample.com/x')).toBe(false);
  });

  it.each([
    ['https://github.com/acme/*/.github/workflows/release.yml@refs/heads/main', workflow, true],
    ['https://github.com/*/.github/workflows/release.yml@refs/heads/main', workflow, false],
    ['https://github.com/**@refs/heads/main', workflow, true],
    ['https://github.com/acme/**', workflow, true],
    ['https://github.com/acme/*', workflow, false],
    ['**', workflow, true],
    ['*@example.com', 'jane@example.com', true],
    ['*@example.com', 'jane@example.com.evil.org', false],
    ['*@example.com', '@example.com', true],
  ])('%s fits %s: %s', (pattern, identity, expected) => {
    expect(fits(pattern, identity)).toBe(expected);
  });

  it('is refused with white space, control characters, or so many wildcards that nobody could read it', () => {
    for (const pattern of ['', 'a b', 'a\nb', '*a'.repeat(9)]) expect(IdentityPattern.safeParse(pattern).success).toBe(false);
  });
});
