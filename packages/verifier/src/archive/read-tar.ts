import { bytesOf, type Bytes } from '../bytes/bytes.ts';
import { demand } from '../refusal.ts';

const block = 512;
/** What a bundle may weigh: as a whole, one file, and in number. */
const limits = { bundleBytes: 1024 * 1024 * 1024, fileBytes: 64 * 1024 * 1024, files: 250_000 } as const;

/** The files of an uncompressed ustar, which must be the canonical one, byte for byte: plain files, no owner, no time, nothing after the end. */
export function readTar(tar: Bytes): ReadonlyMap<string, Bytes> {
  demand(tar.length <= limits.bundleBytes, 'bundle-too-large', `the bundle has more than ${String(limits.bundleBytes)} bytes`);
  demand(tar.length % block === 0, 'tar-not-canonical', 'the archive is cut off or has bytes at its end');
  const files = new Map<string, Bytes>();
  let at = 0;
  while (at < tar.length && tar[at] !== 0) {
    const { name, content, next } = readEntry(tar, at);
    demand(!files.has(name), 'file-twice', `the archive holds ${name} twice`);
    demand(files.size < limits.files, 'bundle-too-large', `the archive holds more than ${String(limits.files)} files`);
    files.set(name, content);
    at = next;
  }
  const end = tar.subarray(at);
  demand(end.length === 2 * block && end.every((byte) => byte === 0), 'tar-not-canonical', 'the archive does not end as it must');
  return files;
}

interface Entry {
  readonly name: string;
  readonly content: Bytes;
  readonly next: number;
}

function readEntry(tar: Bytes, at: number): Entry {
  const header = tar.subarray(at, at + block);
  const name = String.fromCharCode(...header.subarray(0, Math.max(0, header.indexOf(0))));
  const size = sizeOf(header);
  demand(size <= limits.fileBytes, 'file-too-large', `${JSON.stringify(name)} has more than ${String(limits.fileBytes)} bytes`);
  // The one way to write these two fields; everything else in a header is fixed.
  const canonical = canonicalHeader(name, size);
  demand(
    header.every((byte, position) => byte === canonical[position]),
    'tar-not-canonical',
    `the header of ${JSON.stringify(name)} is not in its canonical form`,
  );
  const from = at + block;
  const next = from + Math.ceil(size / block) * block;
  demand(next <= tar.length, 'tar-not-canonical', `the archive ends inside ${JSON.stringify(name)}`);
  const padding = tar.subarray(from + size, next);
  demand(
    padding.every((byte) => byte === 0),
    'tar-not-canonical',
    `there are bytes behind ${JSON.stringify(name)}`,
  );
  return { name, content: tar.subarray(from, from + size), next };
}

function sizeOf(header: Bytes): number {
  const digits = String.fromCharCode(...header.subarray(124, 135));
  demand(/^[0-7]{11}$/.test(digits), 'tar-not-canonical', 'a size in the archive is not eleven octal digits');
  return Number.parseInt(digits, 8);
}

function canonicalHeader(name: string, size: number): Bytes {
  demand(/^[\x21-\x7e]{1,99}$/.test(name), 'name-refused', `the archive holds a name that no bundle has: ${JSON.stringify(name)}`);
  const header = new Uint8Array(block);
  const put = (text: string, position: number): void => {
    header.set(bytesOf(text), position);
  };
  put(name, 0);
  put('0000644\0' + '0000000\0' + '0000000\0', 100);
  put(`${size.toString(8).padStart(11, '0')}\0${'0'.repeat(11)}\0`, 124);
  put('        ', 148);
  put('0', 156);
  put('ustar\0' + '00', 257);
  put('0000000\0' + '0000000\0', 329);
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}
