import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '@fairlead/domain';
import { scanFile } from './scan-file.ts';

const secret = 'apiVersion: v1\nkind: Secret\nmetadata: { name: dé }\nstringData:\n  p: hunter2\n';
const found = (path: string, bytes: readonly number[]): readonly string[] =>
  scanFile(path, Uint8Array.from(bytes), {}).map(({ rule, line, pointer }) => `${rule} ${String(line)} ${pointer}`);

function utf8(text: string): readonly number[] {
  return [...encodeUtf8(text)];
}

function utf16(text: string, order: 'little' | 'big'): readonly number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0)).flatMap((unit) =>
    order === 'little' ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255],
  );
}

describe('a file with a Secret', () => {
  it.each([
    ['UTF-8', utf8(secret)],
    ['UTF-8 with a mark', [0xef, 0xbb, 0xbf, ...utf8(secret)]],
    ['UTF-16 with a mark', [0xff, 0xfe, ...utf16(secret, 'little')]],
    ['UTF-16, the other way round', [0xfe, 0xff, ...utf16(secret, 'big')]],
    ['UTF-16 without a mark', utf16(secret, 'little')],
    ['Latin-1', Array.from(secret, (letter) => letter.charCodeAt(0))],
  ])('is read in %s', (_, bytes) => {
    expect(found('db.yaml', bytes)).toEqual(['S01 5 /stringData/p']);
  });
});

describe('a file that is no text', () => {
  it.each([
    ['a Java key store', 'app.jks', [0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2], ['S06 1 ']],
    ['a PKCS #12 key store', 'app.p12', [0x30, 0x82, 1, 0, 2, 1, 3, 0, 0], ['S06 1 ']],
    ['a trust store', 'truststore.jks', [0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2], []],
    ['a picture', 'a.png', [0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13], []],
    ['nothing', 'empty', [], []],
  ])('is judged by how it begins: %s', (...[, path, bytes, expected]) => {
    expect(found(path, bytes)).toEqual(expected);
  });
});
