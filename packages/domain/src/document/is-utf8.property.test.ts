import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUtf8 } from './is-utf8.ts';

/** What the platform says. */
function decodes(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const edges = [
  0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf3, 0xf4, 0xf5, 0xff,
];

describe('isUtf8', () => {
  it('agrees with the platform on any bytes', () => {
    const bytes = fc.array(fc.oneof(fc.constantFrom(...edges), fc.integer({ min: 0, max: 255 })), { maxLength: 8 });
    fc.assert(
      fc.property(bytes, (list) => {
        expect(isUtf8(Uint8Array.from(list))).toBe(decodes(Uint8Array.from(list)));
      }),
      { numRuns: 5000 },
    );
  });

  it('takes whatever text is written as UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(isUtf8(new TextEncoder().encode(text))).toBe(true);
      }),
    );
  });
});
