import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LineSplitter } from './split-lines.ts';

const line = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes('\n') && text !== '');

it('makes the same lines of the same bytes, however they are cut', () => {
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat()), (lines, cuts) => {
      const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''));
      const splitter = new LineSplitter(1 << 20);
      const places = [...cuts.map((cut) => cut % (bytes.length + 1)), 0, bytes.length].toSorted((one, other) => one - other);

      const made = places.slice(1).flatMap((end, index) => splitter.push(bytes.subarray(places[index], end)));

      expect(made).toEqual(lines);
    }),
  );
});

it('holds back what has no end yet, and leaves out empty lines', () => {
  const splitter = new LineSplitter(100);

  expect(splitter.push(Buffer.from('one\n\ntw'))).toEqual(['one']);
  expect(splitter.push(Buffer.from('o\n'))).toEqual(['two']);
});

it('refuses a line that never ends', () => {
  const splitter = new LineSplitter(10);
  splitter.push(Buffer.from('12345'));

  expect(() => splitter.push(Buffer.from('678901'))).toThrow('a line of more than 10 bytes');
});
