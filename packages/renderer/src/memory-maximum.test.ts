import { describe, expect, it } from 'vitest';
import { withMemoryMaximum } from './memory-maximum.ts';

const header = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const types = [1, 1, 0];
const globals = [6, 1, 0];

function module(...sections: readonly (readonly number[])[]): Uint8Array {
  return Uint8Array.from([...header, ...sections.flat()]);
}

describe('withMemoryMaximum', () => {
  it('adds the maximum and leaves every other section as it was', () => {
    const plain = module(types, [5, 3, 1, 0, 2], globals);

    expect(withMemoryMaximum(plain, 100)).toEqual(module(types, [5, 4, 1, 1, 2, 100], globals));
  });

  it('writes numbers above 127 in several bytes', () => {
    const plain = module([5, 4, 1, 0, 0x80, 0x02]);

    expect(withMemoryMaximum(plain, 4096)).toEqual(module([5, 6, 1, 1, 0x80, 0x02, 0x80, 0x20]));
  });

  it('finds the memory behind a long section', () => {
    const long = [0, 0x80, 0x01, ...Array.from({ length: 128 }, () => 5)];

    expect(withMemoryMaximum(module(long, [5, 3, 1, 0, 1]), 3)).toEqual(module(long, [5, 4, 1, 1, 1, 3]));
  });

  it.each([
    ['has no memory section', module(types)],
    ['has 1 memories with flags 1', module([5, 4, 1, 1, 1, 9])],
    ['has 2 memories with flags 0', module([5, 5, 2, 0, 1, 0, 1])],
    ['starts with 200 pages', module([5, 4, 1, 0, 0xc8, 0x01])],
  ])('refuses a module that %s', (reason, plain) => {
    expect(() => withMemoryMaximum(plain, 100)).toThrow(reason);
  });
});
