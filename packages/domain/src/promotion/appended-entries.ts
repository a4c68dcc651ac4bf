import { isMap, isScalar, isSeq, type Pair, Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Splice } from '../desired-state/apply-splices.ts';
import { contentEnd } from '../desired-state/content-end.ts';
import { plainOrQuoted } from '../desired-state/scalar-splice.ts';
import { lineBreakOf, lineStart, nextLine } from '../desired-state/text-lines.ts';

/** The keys and texts of a list's element that is a map. */
export type ListEntry = readonly (readonly [key: string, value: string])[];

/** A list under a key of a document's root, if the key is there. */
export interface ListPlace {
  readonly root: YAMLMap;
  readonly name: string;
  readonly pair: Pair | undefined;
}

/** Adds entries after the last one, written as the file writes its own. `undefined` where that needs a person. */
export function appendedEntries(text: string, place: ListPlace, entries: readonly ListEntry[]): readonly Splice[] | undefined {
  if (entries.length === 0) return [];
  const { root, pair } = place;
  const splice = isSeq(pair?.value) ? toList(text, { root, key: pair.key, list: pair.value, entries }) : newKey(text, place, entries);
  return splice === undefined ? undefined : [splice];
}

/** The key isn't there, or has no value, or a comment alone. */
function newKey(text: string, { root, name, pair }: ListPlace, entries: readonly ListEntry[]): Splice | undefined {
  if (root.flow === true) return undefined;
  if (pair === undefined) return afterRoot(text, { root, name }, entries);
  const end = contentEnd(pair.key);
  if (end === undefined || !isBareNull(pair.value)) return undefined;
  return insertedLines(text, end, newList(text, root, entries));
}

interface List {
  readonly root: YAMLMap;
  readonly key: unknown;
  readonly list: YAMLSeq;
  readonly entries: readonly ListEntry[];
}

function toList(text: string, { root, key, list, entries }: List): Splice | undefined {
  if (list.anchor !== undefined) return undefined;
  const last = list.items.at(-1);
  if (last !== undefined) return list.flow === true ? inFlow(text, last, entries) : inBlock(text, { list, last, entries });
  const end = contentEnd(key);
  if (end === undefined || root.flow === true || !list.range || text.slice(end, list.range[1]).includes('#')) return undefined;
  return { start: text.indexOf(':', end) + 1, end: list.range[1], text: `${lineBreakOf(text)}${newList(text, root, entries)}` };
}

interface Style {
  readonly eol: string;
  /** Before the dash. */
  readonly indent: string;
  /** Between the dash and the first key. */
  readonly gap: string;
}

function blockEntry({ eol, indent, gap }: Style, entry: ListEntry): string {
  const keys = entry.map(([key, value]) => `${key}: ${plainOrQuoted(value)}`);
  return `${indent}-${gap}${keys.join(`${eol}${indent} ${gap}`)}`;
}

function flowEntry(entry: ListEntry, { pad, quoted }: { readonly pad: string; readonly quoted: boolean }): string {
  const keys = entry.map(([key, value]) => (quoted ? `"${key}": ${JSON.stringify(value)}` : `${key}: ${plainOrQuoted(value)}`));
  return `{${pad}${keys.join(', ')}${pad}}`;
}

function inBlock(
  text: string,
  { list, last, entries }: { readonly list: YAMLSeq; readonly last: unknown; readonly entries: readonly ListEntry[] },
): Splice | undefined {
  const end = contentEnd(last);
  if (end === undefined || !list.range) return undefined;
  const dash = list.range[0];
  const indent = text.slice(lineStart(text, dash), dash);
  if (/\S/.test(indent)) return undefined;
  const eol = lineBreakOf(text);
  const lines = entries.map((entry) => blockOrFlow(text, last, { entry, style: { eol, indent, gap: gapAfter(text, dash) } }));
  return insertedLines(text, end, lines.join(eol));
}

function blockOrFlow(text: string, last: unknown, { entry, style }: { readonly entry: ListEntry; readonly style: Style }): string {
  if (!isMap(last) || last.flow !== true) return blockEntry(style, entry);
  return `${style.indent}-${style.gap}${flowEntry(entry, flowStyle(text, last))}`;
}

function inFlow(text: string, last: unknown, entries: readonly ListEntry[]): Splice | undefined {
  const end = contentEnd(last);
  if (end === undefined || !isMap(last) || !last.range) return undefined;
  const start = last.range[0];
  const before = text.slice(lineStart(text, start), start);
  // An entry on a line of its own gets neighbours that have theirs.
  const comma = /^\s*$/.test(before) ? `,${lineBreakOf(text)}${before}` : ', ';
  return { start: end, end, text: entries.map((entry) => `${comma}${flowEntry(entry, flowStyle(text, last))}`).join('') };
}

function flowStyle(text: string, map: YAMLMap): { readonly pad: string; readonly quoted: boolean } {
  const first = map.items[0]?.key;
  const pad = map.range && /^\{\s/.test(text.slice(map.range[0], map.range[0] + 2)) ? ' ' : '';
  return { pad, quoted: isScalar(first) && first.type === Scalar.QUOTE_DOUBLE };
}

function afterRoot(text: string, { root, name }: Omit<ListPlace, 'pair'>, entries: readonly ListEntry[]): Splice | undefined {
  const end = contentEnd(root);
  if (end === undefined) return undefined;
  return insertedLines(text, end, `${name}:${lineBreakOf(text)}${newList(text, root, entries)}`);
}

/** After the line that the content ends in, so that the line itself may go away. A block scalar's text ends with its line break. */
function insertedLines(text: string, end: number, lines: string): Splice {
  const eol = lineBreakOf(text);
  const at = text[end - 1] === '\n' ? end : nextLine(text, end);
  return { start: at, end: at, text: text[at - 1] === '\n' ? `${lines}${eol}` : `${eol}${lines}` };
}

/** A list under a key, indented as the file's other lists are. */
function newList(text: string, root: YAMLMap, entries: readonly ListEntry[]): string {
  const eol = lineBreakOf(text);
  const lists = root.items.map(({ value }) => value).filter((value) => isSeq(value) && value.flow !== true);
  const dash = lists.map((list) => (isSeq(list) ? list.range?.[0] : undefined)).find((start) => start !== undefined);
  const indent = dash === undefined ? '  ' : text.slice(lineStart(text, dash), dash);
  const gap = dash === undefined ? ' ' : gapAfter(text, dash);
  return entries.map((entry) => blockEntry({ eol, indent, gap }, entry)).join(eol);
}

function gapAfter(text: string, dash: number): string {
  return /^- +(?=\S)/.exec(text.slice(dash, dash + 20))?.[0].slice(1) ?? ' ';
}

function isBareNull(node: unknown): boolean {
  return isScalar(node) && node.source === '' && node.anchor === undefined && node.tag === undefined;
}
