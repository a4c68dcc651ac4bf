import { describe, expect, it } from 'vitest';
import { documentText } from './document-text.ts';

describe('a file’s bytes', () => {
  it.each([
    ['plain text', Buffer.from('a: 1\n'), 'a: 1\n'],
    ['nothing', Buffer.from(''), ''],
    ['text beyond ASCII', Buffer.from('é😀\n'), 'é😀\n'],
    ['a byte order mark', Buffer.from('\uFEFFa'), 'a'],
  ])('are read: %s', (_, bytes, text) => {
    expect(documentText(bytes, 'a.yaml')).toEqual({ kind: 'text', text });
  });

  it.each([
    ['a lone byte', [0x61, 0x0a, 0x62, 0x0a, 0xff], 3],
    ['a cut sequence', [0xc3], 1],
    ['an overlong form', [0x0a, 0xc0, 0x80], 2],
    ['a surrogate', [0xed, 0xa0, 0x80, 0x0a], 1],
    ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80], 1],
    ['UTF-16', [0xff, 0xfe, 0x61, 0x00, 0x0a, 0x00], 1],
  ])('that are not UTF-8 are refused with the line: %s', (_, bytes, line) => {
    expect(documentText(Uint8Array.from(bytes), 'a.yaml')).toEqual({
      kind: 'invalid',
      problems: [
        { code: 'not-utf8', message: 'a.yaml is not UTF-8', hint: 'save it as UTF-8', file: 'a.yaml', line, column: 1, pointer: '' },
      ],
    });
  });

  it('are refused undecoded where no document has so many', () => {
    expect(documentText(new Uint8Array(1_572_865), 'a.yaml')).toMatchObject({
      kind: 'invalid',
      problems: [{ code: 'too-large', line: 1 }],
    });
  });
});
