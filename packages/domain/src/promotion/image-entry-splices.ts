import { isScalar, type Pair, Scalar, type YAMLMap } from 'yaml';
import type { Splice } from '../desired-state/apply-splices.ts';
import { plainOrQuoted, scalarSplices } from '../desired-state/scalar-splice.ts';
import { lineBreakOf, lineEnd, lineStart, nextLine } from '../desired-state/text-lines.ts';
import type { Digest } from '../evidence/digest.ts';

/** What pins one entry of `images:` to the digest and takes its tag away. `undefined` where that needs a person. */
export function imageEntrySplices(text: string, entry: YAMLMap, digest: Digest): readonly Splice[] | undefined {
  if (entry.anchor !== undefined) return undefined;
  const pinned = pairOf(entry, 'digest');
  const tagged = pairOf(entry, 'newTag');
  if (pinned === undefined) return tagged === undefined ? added(text, entry, digest) : turned(tagged, digest);
  if (tagged === undefined) return scalarSplices(pinned.value, digest);
  // The entry's first line holds its dash, so it can only be rewritten.
  if (entry.flow !== true && tagged === entry.items[0]) return joined(turned(tagged, digest), removed(text, entry, pinned));
  return joined(scalarSplices(pinned.value, digest), removed(text, entry, tagged));
}

function pairOf(entry: YAMLMap, name: string): Pair | undefined {
  return entry.items.find(({ key }) => isScalar(key) && key.value === name);
}

function joined(one: readonly Splice[] | undefined, other: readonly Splice[] | undefined): readonly Splice[] | undefined {
  return one === undefined || other === undefined ? undefined : [...one, ...other];
}

/** `newTag: …` becomes `digest: …` where it stands, its quotes and comment kept. */
function turned({ key, value }: Pair, digest: Digest): readonly Splice[] | undefined {
  return joined(scalarSplices(key, 'digest'), scalarSplices(value, digest));
}

function added(text: string, entry: YAMLMap, digest: Digest): readonly Splice[] | undefined {
  const last = entry.items.at(-1);
  const key = rangeOf(last?.key);
  if (last === undefined || key === undefined || isBlockScalar(last.value)) return undefined;
  const end = rangeOf(last.value)?.end ?? key.end + 1;
  const pair = isQuoted(last.key) ? `"digest": ${JSON.stringify(digest)}` : `digest: ${plainOrQuoted(digest)}`;
  if (entry.flow === true) return [{ start: end, end, text: `, ${pair}` }];

  const at = lineEnd(text, end);
  const indent = text.slice(lineStart(text, key.start), key.start).replaceAll(/\S/g, ' ');
  return [{ start: at, end: at, text: `${lineBreakOf(text)}${indent}${pair}` }];
}

function isBlockScalar(node: unknown): boolean {
  return isScalar(node) && (node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED);
}

function removed(text: string, entry: YAMLMap, pair: Pair): readonly Splice[] | undefined {
  const key = rangeOf(pair.key);
  if (key === undefined) return undefined;
  const end = rangeOf(pair.value)?.end ?? key.end + 1;
  if (text.slice(key.start, end).includes('\n')) return undefined;
  const range = entry.flow === true ? flowRange(entry, pair, { start: key.start, end }) : lineRange(text, { start: key.start, end });
  return range === undefined || text.slice(range.start, key.start).includes('#') ? undefined : [{ ...range, text: '' }];
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** The whole line; a last line without line break takes the one before it along. */
function lineRange(text: string, { start, end }: Range): Range {
  const after = nextLine(text, end);
  if (text[after - 1] === '\n') return { start: lineStart(text, start), end: after };
  return { start: lineEnd(text, lineStart(text, lineStart(text, start) - 1)), end: after };
}

/** With the comma before it, or after it where it comes first. */
function flowRange(entry: YAMLMap, pair: Pair, { start, end }: Range): Range | undefined {
  const index = entry.items.indexOf(pair);
  const before = entry.items[index - 1];
  if (before !== undefined) return { start: rangeOf(before.value)?.end ?? start, end };
  const after = rangeOf(entry.items[index + 1]?.key);
  return after === undefined ? undefined : { start, end: after.start };
}

function rangeOf(node: unknown): Range | undefined {
  const range = isRanged(node) ? node.range : undefined;
  return range ? { start: range[0], end: range[1] } : undefined;
}

function isRanged(node: unknown): node is { readonly range?: readonly [number, number, number] | null } {
  return typeof node === 'object' && node !== null && 'range' in node;
}

function isQuoted(key: unknown): boolean {
  return isScalar(key) && key.type === Scalar.QUOTE_DOUBLE;
}
