import { describe, expect, it } from 'vitest';
import { readTar } from './read-tar.ts';

interface Header {
  readonly name: string;
  readonly size?: number;
  readonly type?: string;
  /** Written over the rest, at a position. */
  readonly over?: readonly (readonly [at: number, text: string])[];
}

/** A header as any program could write it, with a right sum. */
function header({ name, size = 0, type = '0', over = [] }: Header): Buffer {
  const block = Buffer.alloc(512);
  const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');
  const fields: readonly (readonly [number, string])[] = [
    ...([
      [0, name],
      [100, '0000644\0'],
      [108, '0000000\0'],
      [116, '0000000\0'],
      [124, `${octal(size, 11)}\0`],
      [136, '00000000000\0'],
    ] as const),
    ...([
      [148, '        '],
      [156, type],
      [257, 'ustar\x0000'],
      [329, '0000000\0'],
      [337, '0000000\0'],
    ] as const),
    ...over,
  ];
  for (const [at, text] of fields) block.write(text, at, 'utf8');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)}\0 `, 148);
  return block;
}

const end = Buffer.alloc(1024);

function archive(...parts: readonly (Buffer | string)[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === 'string' ? padded(part) : part))));
}

function padded(content: string): Buffer {
  return Buffer.concat([Buffer.from(content), Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

describe('readTar', () => {
  it('gives the files in their order', () => {
    const files = readTar(
      archive(header({ name: 'b', size: 3 }), 'one', header({ name: 'a' }), header({ name: 'c', size: 512 }), 'x'.repeat(512), end),
    );

    expect([...files].map(([name, bytes]) => [name, Buffer.from(bytes).toString()])).toEqual([
      ['b', 'one'],
      ['a', ''],
      ['c', 'x'.repeat(512)],
    ]);
  });

  it('takes an archive of nothing', () => {
    expect(readTar(archive(end)).size).toBe(0);
  });

  it.each([
    ['an owner', { over: [[108, '0000001\0']] }],
    ['a group', { over: [[116, '0000001\0']] }],
    ['a time', { over: [[136, '00000000001\0']] }],
    ['a mode', { over: [[100, '0000755\0']] }],
    ['an owner by name', { over: [[265, 'root']] }],
    ['a prefix', { over: [[345, '..']] }],
    ['a link name', { over: [[157, '/etc/passwd']] }],
    ['another magic', { over: [[257, 'ustar  ']] }],
    ['bytes behind the name', { over: [[50, 'x']] }],
    ['bytes at the end of the header', { over: [[505, 'x']] }],
    ['a size with a space for its end', { over: [[135, ' ']] }],
    ['the type of a folder', { type: '5' }],
    ['the type of a link', { type: '2' }],
    ['the type of a hard link', { type: '1' }],
    ['the type of a long name', { type: 'L' }],
    ['the type of an extended header', { type: 'x' }],
    ['the old type of a file', { type: '\0' }],
  ] as const)('refuses %s', (_, strange) => {
    expect(() => readTar(archive(header({ name: 'a', ...strange }), end))).toThrow(/not in its canonical form/);
  });

  it.each([
    ['no name', ''],
    ['a name with a space', 'check point'],
    ['a name with a letter of another script', 'сheckpoint'],
    ['a name with a control character', 'a\tb'],
    ['a name of a hundred bytes', 'a'.repeat(100)],
  ])('refuses %s', (_, name) => {
    expect(() => readTar(archive(header({ name, size: 1 }), 'x', end))).toThrow();
  });

  it.each([
    ['no end', [header({ name: 'a' })]],
    ['half an end', [header({ name: 'a' }), Buffer.alloc(512)]],
    ['more than an end', [header({ name: 'a' }), end, Buffer.alloc(512)]],
    ['a file behind the end', [header({ name: 'a' }), end, header({ name: 'b' }), end]],
    ['bytes behind the end', [end.subarray(1)]],
    ['an end inside a file', [header({ name: 'a', size: 600 }), 'x'.repeat(512)]],
    ['bytes between files', [header({ name: 'a', size: 1 }), 'xy', end]],
    ['a name twice', [header({ name: 'a' }), header({ name: 'a' }), end]],
    ['nothing', []],
  ])('refuses an archive with %s', (_, parts) => {
    expect(() => readTar(archive(...parts))).toThrow();
  });

  it.each([64 * 1024 * 1024 + 1, 8 ** 11 - 1])('refuses a file of %i bytes by its header alone', (size) => {
    expect(() => readTar(archive(header({ name: 'a', size }), end))).toThrow(/has more than 67108864 bytes/);
  });

  it('refuses a size that is written in another way', () => {
    expect(() => readTar(archive(header({ name: 'a', over: [[124, '\u0080']] }), end))).toThrow(/eleven octal digits/);
    expect(() => readTar(archive(header({ name: 'a', over: [[124, '         0']] }), end))).toThrow(/eleven octal digits/);
  });

  it('refuses a wrong sum', () => {
    const broken = header({ name: 'a' });
    broken.write('000000', 148);

    expect(() => readTar(archive(broken, end))).toThrow(/canonical/);
  });
});
