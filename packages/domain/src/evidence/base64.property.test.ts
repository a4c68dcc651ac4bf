import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromBase64, toBase64 } from './base64.ts';

it('writes what everybody else writes, and reads it back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const text = toBase64(bytes);

      expect(text).toBe(Buffer.from(bytes).toString('base64'));
      expect(fromBase64(text)).toEqual(bytes);
    }),
  );
});

it('accepts exactly one text for each value', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 12, unit: fc.constantFrom('A', 'Z', 'a', 'z', '0', '9', '+', '/', '=', '-', '_', ' ', '\n') }),
      (text) => {
        const canonical = Buffer.from(text, 'base64').toString('base64') === text;

        if (canonical) expect(toBase64(fromBase64(text))).toBe(text);
        else expect(() => fromBase64(text)).toThrow('not base64');
      },
    ),
  );
});
