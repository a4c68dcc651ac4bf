import { utf8ToBytes } from '@noble/hashes/utils.js';
import { InvalidError } from '../../errors.ts';
import type { BundleFile } from './bundle-file.ts';

const block = 512;
const largest = 8 ** 11 - 1;

/** The canonical ustar of the files, in their order, in pieces: mode 0644, no owner, no time, nothing but plain files, two empty blocks at the end.
 *  The same files are the same bytes. A name that a plain header can't hold is refused, not split. */
export function* tarPieces(files: readonly BundleFile[]): Generator<Uint8Array> {
  for (const { path, bytes } of files) {
    yield headerOf(path, bytes.length);
    yield bytes;
    const rest = bytes.length % block;
    if (rest > 0) yield new Uint8Array(block - rest);
  }
  yield new Uint8Array(2 * block);
}

function headerOf(path: string, size: number): Uint8Array {
  if (!/^[a-z0-9][a-z0-9./-]{0,98}$/.test(path))
    throw new InvalidError('bundle-name-invalid', `a bundle can't hold a file named ${JSON.stringify(path)}`);
  if (size > largest)
    throw new InvalidError('bundle-file-too-large', `${path} has ${String(size)} bytes, a bundle's file at most ${String(largest)}`);
  const header = new Uint8Array(block);
  const fields: readonly (readonly [position: number, text: string])[] = [
    [0, path],
    [100, '0000644\0'],
    [108, '0000000\0'],
    [116, '0000000\0'],
    [124, `${octal(size, 11)}\0`],
    [136, `${octal(0, 11)}\0`],
    [148, ' '.repeat(8)],
    [156, '0'],
    [257, 'ustar\x0000'],
    [329, '0000000\0'],
    [337, '0000000\0'],
  ];
  for (const [position, text] of fields) header.set(utf8ToBytes(text), position);
  // Over the header with spaces where the sum will stand.
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.set(utf8ToBytes(`${octal(sum, 6)}\0 `), 148);
  return header;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}
