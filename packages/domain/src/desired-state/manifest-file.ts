import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  visit,
  type Alias,
  type Document,
  type Node,
  type Pair,
} from 'yaml';
import type { JsonPath } from '../document/json-pointer.ts';
import type { Position, Problem } from '../document/problem.ts';
import type { Leaf, ManifestDocument, ManifestLeaf } from './manifest-leaf.ts';
import { quickDocuments } from './quick/quick-documents.ts';

export type ManifestFile =
  { readonly kind: 'read'; readonly documents: readonly ManifestDocument[] } | { readonly kind: 'unparsable'; readonly problem: Problem };

/** What aliases may make of one document, in nodes and in levels. */
const maxNodes = 400_000;
const maxDepth = 128;

/** Reads somebody's YAML or JSON, of however many documents, for what stands where. Aliases and merge keys are written out. Never throws. */
export function readManifestFile(text: string, file: string): ManifestFile {
  const documents = quickDocuments(text.replace(/^\uFEFF/, ''));
  return documents === undefined ? parseManifestFile(text, file) : { kind: 'read', documents };
}

/** The same, by a parser of all of YAML. */
export function parseManifestFile(text: string, file: string): ManifestFile {
  const lines = new LineCounter();
  const documents = parse(text, lines);
  if (documents === undefined) return unparsable({ file, line: 1, column: 1 }, 'the file could not be parsed');
  const [fault] = documents.flatMap(({ errors }) => errors); // those after it are its echoes
  if (fault !== undefined) return unparsable({ file, ...positionOf(lines, fault.pos[0]) }, said(fault.message));
  const read: ManifestDocument[] = [];
  for (const document of documents) {
    const { leaves, left } = readDocument(document, lines);
    if (left < 0) return unparsable({ file, line: 1, column: 1 }, 'aliases make the file too large');
    if (leaves.length > 0) read.push({ leaves });
  }
  return { kind: 'read', documents: read };
}

function parse(text: string, lineCounter: LineCounter): readonly Document.Parsed[] | undefined {
  try {
    const documents = parseAllDocuments(text.replace(/^\uFEFF/, ''), {
      lineCounter,
      merge: true,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
    });
    return Array.isArray(documents) ? documents : [];
  } catch {
    return undefined; // nested deeper than the parser's stack
  }
}

interface Reading {
  /** What each alias stands for. */
  readonly targets: ReadonlyMap<Alias, Node>;
  readonly lines: LineCounter;
  readonly leaves: ManifestLeaf[];
  left: number;
}

function readDocument(document: Document.Parsed, lines: LineCounter): Pick<Reading, 'leaves' | 'left'> {
  const reading: Reading = { targets: targetsOf(document), lines, leaves: [], left: maxNodes };
  const { contents } = document;
  const empty = contents === null || (isScalar(contents) && contents.source === '');
  if (!empty) readNode(reading, contents, { path: [], key: positionOf(lines, contents.range[0]), depth: 0 });
  return reading;
}

/** The library's own look-up walks the document for each alias. */
function targetsOf(document: Document.Parsed): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document, {
    Value: (_, node) => {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
    Alias: (_, alias) => {
      const target = anchors.get(alias.source);
      if (target !== undefined) targets.set(alias, target);
    },
  });
  return targets;
}

interface Spot {
  readonly path: JsonPath;
  readonly key: Position;
  readonly depth: number;
}

function readNode(reading: Reading, node: unknown, outer: Spot): void {
  const spot = { ...outer, depth: outer.depth + 1 };
  if (spot.depth > maxDepth) reading.left = 0;
  reading.left -= 1;
  if (reading.left < 0) return;
  if (isAlias(node)) readNode(reading, reading.targets.get(node), spot);
  else if (isMap(node)) for (const pair of node.items) readPair(reading, pair, spot);
  else if (isSeq(node)) readItems(reading, node.items, spot);
  else
    reading.leaves.push({ path: spot.path, key: spot.key, at: at(reading, node) ?? spot.key, value: isScalar(node) ? plain(node) : null });
}

function readPair(reading: Reading, { key, value }: Pair, spot: Spot): void {
  const name = isScalar(key) ? (typeof key.value === 'string' ? key.value : (key.source ?? '')) : undefined;
  if (name === undefined) return;
  if (name === '<<') readMerged(reading, value, spot);
  else readNode(reading, value, { ...spot, path: [...spot.path, name], key: at(reading, key) ?? spot.key });
}

function readItems(reading: Reading, items: readonly unknown[], spot: Spot): void {
  for (const [index, item] of items.entries()) {
    readNode(reading, item, { ...spot, path: [...spot.path, index], key: at(reading, item) ?? spot.key });
  }
}

/** `<<: *one` and `<<: [*one, *two]`: their entries stand where the merge key does. */
function readMerged(reading: Reading, value: unknown, spot: Spot): void {
  const target = isAlias(value) ? reading.targets.get(value) : value;
  for (const map of isSeq(target) ? target.items : [target]) readNode(reading, map, spot);
}

/** JSON has no form for some numbers; their text stands for them. */
function plain({ value, source }: { readonly value: unknown; readonly source?: string | undefined }): Leaf['value'] {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return source ?? '';
}

function at({ lines }: Reading, node: unknown): Position | undefined {
  const range = isRanged(node) ? node.range : undefined;
  return range ? positionOf(lines, range[0]) : undefined;
}

function isRanged(node: unknown): node is Pick<Node, 'range'> {
  return typeof node === 'object' && node !== null && 'range' in node;
}

function positionOf(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

type Place = Pick<Problem, 'file' | 'line' | 'column'>;

function unparsable(place: Place, message: string): ManifestFile {
  return { kind: 'unparsable', problem: { code: 'not-yaml', message, ...place, pointer: '' } };
}

/** The parser's words end with a full stop and may go on to quote the file, which could hold a secret. */
function said(message: string): string {
  const [first = ''] = message.split('\n');
  const line = first.replace(/: .*$/, '').replace(/\.$/, '');
  return `${line.charAt(0).toLowerCase()}${line.slice(1)}`;
}
