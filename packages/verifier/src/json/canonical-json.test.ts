import { describe, expect, it } from 'vitest';
import { canonicalText, parseCanonicalJson, parseLooseJson } from './canonical-json.ts';

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

describe('parseCanonicalJson', () => {
  it.each([
    '{"a":1,"b":[true,false,null],"c":"x"}',
    '"€"',
    '1e+21',
    '0.000001',
    '1e-7',
    '-1',
    '[]',
    '{}',
    '{"\\u0000":"\\b\\t\\n\\f\\r\\"\\\\"}',
    `{"€":1,"😂":2,"\ufb33":3}`,
  ])('takes %s', (text) => {
    expect(canonicalText(parseCanonicalJson(bytes(text)))).toBe(text);
  });

  it.each([
    ['a name twice', '{"a":1,"a":2}'],
    ['a name twice, once hidden', '{"a":1,"\\u0061":2}'],
    ['names in another order', '{"b":1,"a":2}'],
    ['names by code point and not by code unit', `{"\ufb33":1,"😂":2}`],
    ['a space', '{"a": 1}'],
    ['a line feed at the end', '{"a":1}\n'],
    ['a byte order mark', '\ufeff{"a":1}'],
    ['an escape that need not be', '"\\u0061"'],
    ['an escaped slash', '"\\/"'],
    ['NaN', 'NaN'],
    ['Infinity', '[Infinity]'],
    ['a number without end', '1e999'],
    ['minus zero', '-0'],
    ['a number with a zero at its end', '1.0'],
    ['a number that is not exact', '9007199254740993'],
    ['a leading zero', '01'],
    ['a comma at the end', '[1,]'],
    ['a comment', '{}//'],
    ['a lone surrogate', '"\\ud800"'],
    ['a lone surrogate as a name', '{"\\udfff":1}'],
    ['surrogates in the wrong order', '"\\udc00\\ud800"'],
    ['nothing', ''],
    ['two values', '{}{}'],
    ['no end', '[['.repeat(200)],
    ['more depth than anybody needs', '['.repeat(100) + ']'.repeat(100)],
  ])('refuses %s', (_, text) => {
    expect(() => parseCanonicalJson(bytes(text))).toThrow();
  });

  it.each([
    ['bytes that are not UTF-8', [0x22, 0xff, 0x22]],
    ['an overlong form', [0x22, 0xc0, 0xaf, 0x22]],
    ['a surrogate in UTF-8', [0x22, 0xed, 0xa0, 0x80, 0x22]],
  ])('refuses %s', (_, raw) => {
    expect(() => parseCanonicalJson(Uint8Array.from(raw))).toThrow('not UTF-8');
  });

  it('reads a name that means something to the language as any other', () => {
    const value = parseCanonicalJson(bytes('{"__proto__":{"admin":true},"constructor":1}'));

    expect(canonicalText(value)).toBe('{"__proto__":{"admin":true},"constructor":1}');
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
});

describe('parseLooseJson', () => {
  it('takes any layout and order', () => {
    expect(parseLooseJson('{\n  "b": [1, 2],\n  "a": "x y"\n}\n')).toEqual({ a: 'x y', b: [1, 2] });
  });

  it.each(['{"a":1, "a":2}', '{"a": 1, "\\u0061": 2}', '{"a": 1.0}', '{"a": "\\u0061"}', '{"a": "\\ud800"}', '{', '1e999'])(
    'refuses %s',
    (text) => {
      expect(() => parseLooseJson(text)).toThrow();
    },
  );
});
