import { utf8ToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { tarPieces } from './tar.ts';

const archive = (files: Parameters<typeof tarPieces>[0]): Uint8Array =>
  Uint8Array.from([...tarPieces(files)].flatMap((piece) => [...piece]));
const ascii = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

describe('tarPieces', () => {
  it('writes a plain header, the content, and zeros to the end of the block', () => {
    const tar = archive([{ path: 'records/1.json', bytes: utf8ToBytes('hello') }]);

    expect(tar.length).toBe(512 + 512 + 1024);
    expect(ascii(tar.subarray(0, 15))).toBe('records/1.json\0');
    expect(ascii(tar.subarray(100, 156))).toBe(
      '0000644\x000000000\x000000000\x0000000000005\x0000000000000\x00' + ascii(tar.subarray(148, 156)),
    );
    expect(ascii(tar.subarray(156, 158))).toBe('0\0');
    expect(ascii(tar.subarray(257, 265))).toBe('ustar\x0000');
    expect(ascii(tar.subarray(512, 518))).toBe('hello\0');
  });

  it('sums the header with spaces where the sum stands', () => {
    const tar = archive([{ path: 'a', bytes: new Uint8Array() }]);
    const blank = tar.slice(0, 512);
    blank.fill(32, 148, 156);

    expect(Number.parseInt(ascii(tar.subarray(148, 154)), 8)).toBe(blank.reduce((sum, byte) => sum + byte, 0));
    expect(ascii(tar.subarray(154, 156))).toBe('\0 ');
  });

  it('pads no file that ends with its block, and ends with two empty blocks', () => {
    const tar = archive([{ path: 'a', bytes: new Uint8Array(512).fill(1) }]);

    expect(tar.length).toBe(512 + 512 + 1024);
    expect(archive([])).toEqual(new Uint8Array(1024));
  });

  it.each(['', '/etc/passwd', '../a', 'A', 'a b', 'ä', 'a\0', 'a'.repeat(100), '.a'])('refuses the name %j', (path) => {
    expect(() => archive([{ path, bytes: new Uint8Array() }])).toThrow("a bundle can't hold a file named");
  });

  it('refuses a file whose size has no octal form of eleven digits', () => {
    const bytes: Uint8Array = new Uint8Array();
    Object.defineProperty(bytes, 'length', { value: 8 ** 11 });

    expect(() => [...tarPieces([{ path: 'a', bytes }])]).toThrow('a has 8589934592 bytes');
  });
});
