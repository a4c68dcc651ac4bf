import { isMap, isScalar, isSeq, type Pair, Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Splice } from '../desired-state/apply-splices.ts';
import { contentEnd } from '../desired-state/content-end.ts';
import { plainOrQuoted } from '../desired-state/scalar-splice.ts';
import { lineBreakOf, lineStart, nextLine } from '../desired-state/text-lines.ts';
import type { ImagePin } from './image-pin.ts';

/** Adds entries after the last one, written as the file writes its own. `images` is the pair of that name, if there is one.
 *  `undefined` where that needs a person. */
export function appendedImages(
  text: string,
  { root, images }: { readonly root: YAMLMap; readonly images: Pair | undefined },
  pins: readonly ImagePin[],
): readonly Splice[] | undefined {
  if (pins.length === 0) return [];
  const splice = isSeq(images?.value)
    ? toList(text, { root, key: images.key, list: images.value, pins })
    : newKey(text, { root, images, pins });
  return splice === undefined ? undefined : [splice];
}

/** `images` isn't there, or has no value, or a comment alone. */
function newKey(
  text: string,
  { root, images, pins }: { readonly root: YAMLMap; readonly images: Pair | undefined; readonly pins: readonly ImagePin[] },
): Splice | undefined {
  if (root.flow === true) return undefined;
  if (images === undefined) return afterRoot(text, root, pins);
  const end = contentEnd(images.key);
  if (end === undefined || !isBareNull(images.value)) return undefined;
  return insertedLines(text, end, newList(text, root, pins));
}

interface List {
  readonly root: YAMLMap;
  readonly key: unknown;
  readonly list: YAMLSeq;
  readonly pins: readonly ImagePin[];
}

function toList(text: string, { root, key, list, pins }: List): Splice | undefined {
  if (list.anchor !== undefined) return undefined;
  const last = list.items.at(-1);
  if (last !== undefined) return list.flow === true ? inFlow(text, last, pins) : inBlock(text, { list, last, pins });
  const end = contentEnd(key);
  if (end === undefined || root.flow === true || !list.range || text.slice(end, list.range[1]).includes('#')) return undefined;
  return { start: text.indexOf(':', end) + 1, end: list.range[1], text: `${lineBreakOf(text)}${newList(text, root, pins)}` };
}

interface Style {
  readonly eol: string;
  /** Before the dash. */
  readonly indent: string;
  /** Between the dash and the first key. */
  readonly gap: string;
}

function blockEntry({ eol, indent, gap }: Style, pin: ImagePin): string {
  const keys = entryOf(pin).map(([key, value]) => `${key}: ${plainOrQuoted(value)}`);
  return `${indent}-${gap}${keys.join(`${eol}${indent} ${gap}`)}`;
}

function flowEntry(pin: ImagePin, { pad, quoted }: { readonly pad: string; readonly quoted: boolean }): string {
  const keys = entryOf(pin).map(([key, value]) => (quoted ? `"${key}": ${JSON.stringify(value)}` : `${key}: ${plainOrQuoted(value)}`));
  return `{${pad}${keys.join(', ')}${pad}}`;
}

/** The entry that the appended text must come to. */
export function entryOf({ image, repository, digest }: ImagePin): readonly (readonly [key: string, value: string])[] {
  const renamed = image === repository ? [] : ([['newName', repository]] as const);
  return [['name', image], ...renamed, ['digest', digest]];
}

function inBlock(
  text: string,
  { list, last, pins }: { readonly list: YAMLSeq; readonly last: unknown; readonly pins: readonly ImagePin[] },
): Splice | undefined {
  const end = contentEnd(last);
  if (end === undefined || !list.range) return undefined;
  const dash = list.range[0];
  const indent = text.slice(lineStart(text, dash), dash);
  if (/\S/.test(indent)) return undefined;
  const eol = lineBreakOf(text);
  const entries = pins.map((pin) => blockOrFlow(text, last, { pin, style: { eol, indent, gap: gapAfter(text, dash) } }));
  return insertedLines(text, end, entries.join(eol));
}

function blockOrFlow(text: string, last: unknown, { pin, style }: { readonly pin: ImagePin; readonly style: Style }): string {
  if (!isMap(last) || last.flow !== true) return blockEntry(style, pin);
  return `${style.indent}-${style.gap}${flowEntry(pin, flowStyle(text, last))}`;
}

function inFlow(text: string, last: unknown, pins: readonly ImagePin[]): Splice | undefined {
  const end = contentEnd(last);
  if (end === undefined || !isMap(last) || !last.range) return undefined;
  const start = last.range[0];
  const before = text.slice(lineStart(text, start), start);
  // An entry on a line of its own gets neighbours that have theirs.
  const comma = /^\s*$/.test(before) ? `,${lineBreakOf(text)}${before}` : ', ';
  return { start: end, end, text: pins.map((pin) => `${comma}${flowEntry(pin, flowStyle(text, last))}`).join('') };
}

function flowStyle(text: string, map: YAMLMap): { readonly pad: string; readonly quoted: boolean } {
  const first = map.items[0]?.key;
  const pad = map.range && /^\{\s/.test(text.slice(map.range[0], map.range[0] + 2)) ? ' ' : '';
  return { pad, quoted: isScalar(first) && first.type === Scalar.QUOTE_DOUBLE };
}

function afterRoot(text: string, root: YAMLMap, pins: readonly ImagePin[]): Splice | undefined {
  const end = contentEnd(root);
  if (end === undefined) return undefined;
  return insertedLines(text, end, `images:${lineBreakOf(text)}${newList(text, root, pins)}`);
}

/** After the line that the content ends in, so that the line itself may go away. A block scalar's text ends with its line break. */
function insertedLines(text: string, end: number, lines: string): Splice {
  const eol = lineBreakOf(text);
  const at = text[end - 1] === '\n' ? end : nextLine(text, end);
  return { start: at, end: at, text: text[at - 1] === '\n' ? `${lines}${eol}` : `${eol}${lines}` };
}

/** A list under a key, indented as the file's other lists are. */
function newList(text: string, root: YAMLMap, pins: readonly ImagePin[]): string {
  const eol = lineBreakOf(text);
  const lists = root.items.map(({ value }) => value).filter((value) => isSeq(value) && value.flow !== true);
  const dash = lists.map((list) => (isSeq(list) ? list.range?.[0] : undefined)).find((start) => start !== undefined);
  const indent = dash === undefined ? '  ' : text.slice(lineStart(text, dash), dash);
  const gap = dash === undefined ? ' ' : gapAfter(text, dash);
  return pins.map((pin) => blockEntry({ eol, indent, gap }, pin)).join(eol);
}

function gapAfter(text: string, dash: number): string {
  return /^- +(?=\S)/.exec(text.slice(dash, dash + 20))?.[0].slice(1) ?? ' ';
}

function isBareNull(node: unknown): boolean {
  return isScalar(node) && node.source === '' && node.anchor === undefined && node.tag === undefined;
}
