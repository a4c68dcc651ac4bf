import { InvalidError } from '../errors.ts';

/** A replacement of the text between two UTF-16 offsets, end exclusive. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with each range replaced; everything outside the ranges stays as it is. Insertions at one offset keep their order. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, text: replacement } of splices.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (start < at || end < start || end > text.length) {
      throw new InvalidError('splice-range', `the range ${String(start)}–${String(end)} overlaps another or lies outside the text`);
    }
    parts.push(text.slice(at, start), replacement);
    at = end;
  }
  return [...parts, text.slice(at)].join('');
}
