import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fitsIdentity, IdentityPattern } from './identity-pattern.ts';

const text = fc.array(fc.constantFrom('a', 'b', '/', '.', '@'), { maxLength: 12 }).map((letters) => letters.join(''));
const steps = fc.array(fc.constantFrom('a', 'b', '/', '.', '@', '*', '**'), { minLength: 1, maxLength: 10 });

it('fits just what the same pattern as an anchored expression fits', () => {
  fc.assert(
    fc.property(steps, text, (parts, identity) => {
      const read = IdentityPattern.safeParse(parts.join(''));
      fc.pre(read.success);
      const source = parts.join('').replaceAll(/\*+|[.]/g, (step) => (step === '.' ? String.raw`\.` : step === '*' ? '[^/]*' : '.*'));

      expect(fitsIdentity(IdentityPattern.parse(parts.join('')), identity)).toBe(new RegExp(`^${source}$`).test(identity));
    }),
  );
});
