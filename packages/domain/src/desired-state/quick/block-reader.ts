import type { JsonPath } from '../../document/json-pointer.ts';
import type { Position } from '../../document/problem.ts';
import type { ManifestDocument, ManifestLeaf } from '../manifest-leaf.ts';
import { doubleQuoted, FlowReader, singleQuoteEnd } from './flow-reader.ts';
import { plainScalar } from './plain-scalar.ts';
import { Unread } from './unread.ts';

const key = /(?:[A-Za-z0-9_$./~][\w$./~()+@^=-]*|"[^"\\]*"|'[^']*')(?= *:(?: |$))/y;
const special = /^[&*!|>@`%?,\]}"'{[#-]/;
const deepest = 64;

interface Line {
  readonly number: number;
  readonly indent: number;
  readonly text: string;
}

/** Reads block collections, line by line. Throws `Unread` for whatever it doesn't know. */
export class BlockReader {
  readonly #lines: readonly string[];
  #at = 0;
  #leaves: ManifestLeaf[] = [];

  constructor(text: string) {
    this.#lines = text.split('\n');
  }

  documents(): readonly ManifestDocument[] {
    const documents: ManifestDocument[] = [];
    while (this.#at < this.#lines.length) {
      this.#leaves = [];
      const first = this.#peek();
      if (first !== undefined) this.#block(first, []);
      const rest = this.#peek();
      if (rest !== undefined) throw new Unread();
      if (this.#leaves.length > 0) documents.push({ leaves: this.#leaves });
      this.#at += 1; // its separator
    }
    return documents;
  }

  /** The next line with content; `undefined` at the end of the document. */
  #peek(): Line | undefined {
    for (; this.#at < this.#lines.length; this.#at += 1) {
      const text = this.#lines[this.#at] ?? '';
      const indent = text.search(/[^ ]/);
      if (indent < 0 || text[indent] === '#') continue;
      if (text[indent] === '\t') throw new Unread();
      if (indent === 0 && /^---\s*$/.test(text)) return undefined;
      return { number: this.#at + 1, indent, text };
    }
    return undefined;
  }

  #block({ text, indent }: Line, path: JsonPath): void {
    if (path.length > deepest) throw new Unread();
    if (isItem(text, indent)) this.#list(indent, path);
    else this.#map(indent, path);
  }

  #map(indent: number, path: JsonPath): void {
    for (let line = this.#peek(); line !== undefined && line.indent >= indent; line = this.#peek()) {
      if (line.indent > indent || isItem(line.text, indent)) throw new Unread();
      this.#pair(line, indent, path);
    }
  }

  #pair(line: Line, column: number, path: JsonPath): void {
    const written = keyOf(line.text, column);
    if (written === undefined) throw new Unread();
    const name = /^["']/.test(written) ? written.slice(1, -1) : written;
    if (name === '<<' || name === '') throw new Unread();
    const colon = line.text.indexOf(':', column + written.length);
    const spot = { path: [...path, name], key: { line: line.number, column: column + 1 }, below: column };
    this.#value(line, colon + 1, { ...spot, inMap: true });
  }

  #list(indent: number, path: JsonPath): void {
    let index = 0;
    for (let line = this.#peek(); line?.indent === indent && isItem(line.text, indent); line = this.#peek()) {
      this.#item(line, indent, [...path, index]);
      index += 1;
    }
    const line = this.#peek();
    if (line !== undefined && line.indent > indent) throw new Unread();
  }

  #item(line: Line, indent: number, path: JsonPath): void {
    const start = indent + 1 + (line.text.slice(indent + 1).search(/[^ ]/) + 1 || 0) - 1;
    if (start <= indent || line.text[start] === '#') {
      this.#value(line, indent + 1, { path, key: { line: line.number, column: indent + 2 }, below: indent });
      return;
    }
    const inner = { line: line.number, column: start + 1 };
    if (isItem(line.text, start)) throw new Unread();
    if (keyOf(line.text, start) === undefined) this.#value(line, start, { path, key: inner, below: indent });
    else {
      this.#pair(line, start, path);
      this.#map(start, path);
    }
  }

  #value(line: Line, from: number, spot: Spot): void {
    const rest = line.text.slice(from);
    const start = from + rest.search(/[^ ]/);
    if (rest.trim() === '' || line.text[start] === '#') this.#nested(line, from, spot);
    else if (line.text[start] === '|') this.#literal(line, start, spot);
    else {
      const at = { line: line.number, column: start + 1 };
      const end = this.#inline(line, start, { ...spot, at });
      if (!/^ *(?: #.*)?$/.test(line.text.slice(end))) throw new Unread();
      this.#at += 1;
      this.#expectNoDeeper(spot.below);
    }
  }

  /** What stands on the lines below; a list may stand as deep as its key. */
  #nested(line: Line, from: number, spot: Spot): void {
    this.#at += 1;
    const next = this.#peek();
    if (next !== undefined && isBelow(next, spot)) {
      if (!isItem(next.text, next.indent) && keyOf(next.text, next.indent) === undefined) throw new Unread();
      this.#block(next, spot.path);
    } else if (line.text.length === from) {
      this.#leaves.push({ path: spot.path, key: spot.key, at: { line: line.number, column: from + 1 }, value: null });
    } else throw new Unread(); // where exactly nothing stands there is the parser's to say
  }

  #inline(line: Line, start: number, { path, key: owner, at }: { path: JsonPath; key: Position; at: Position }): number {
    const { text, number } = line;
    const letter = text[start] ?? '';
    if (letter === '{' || letter === '[') {
      const place = (offset: number): Position => ({ line: number, column: offset + 1 });
      return new FlowReader(text, { leaves: this.#leaves, json: false, at: start, place }).read(path, owner);
    }
    const { value, end } = letter === '"' ? quoted(text, start) : letter === "'" ? singleQuoted(text, start) : plainText(text, start);
    this.#leaves.push({ path, key: owner, at, value });
    return end;
  }

  #literal(line: Line, start: number, { path, key: owner, below }: Spot): void {
    const [header, chomp] = /^\|(-?) *(?: #.*)?$/.exec(line.text.slice(start)) ?? [];
    if (header === undefined) throw new Unread();
    this.#at += 1;
    const content = this.#indented(below);
    const text = content.join('\n').replace(/\n+$/, '');
    const ended = this.#at < this.#lines.length || content.at(-1) === '';
    if (!ended && chomp === '') throw new Unread();
    this.#leaves.push({ path, key: owner, at: { line: line.number, column: start + 1 }, value: chomp === '-' ? text : `${text}\n` });
    this.#expectNoDeeper(below);
  }

  /** The lines of a text, without their indent, which the first of them decides. */
  #indented(below: number): readonly string[] {
    const first = this.#lines.slice(this.#at, this.#at + 64).find((one) => one.trim() !== '');
    const indent = first?.search(/[^ ]/) ?? -1;
    if (indent <= below) throw new Unread();
    const content: string[] = [];
    for (; this.#at < this.#lines.length; this.#at += 1) {
      const own = this.#lines[this.#at] ?? '';
      const depth = own.search(/[^ ]/);
      if (depth < 0 && own.length > indent) throw new Unread();
      if (depth >= 0 && depth < indent) break;
      content.push(own.slice(indent));
    }
    return content;
  }

  #expectNoDeeper(below: number): void {
    const next = this.#peek();
    if (next !== undefined && next.indent > below) throw new Unread();
  }
}

/** Where a value belongs, and how deep what belongs to it has to stand. */
interface Spot {
  readonly path: JsonPath;
  readonly key: Position;
  readonly below: number;
  readonly inMap?: boolean;
}

function isBelow(next: Line, { below, inMap }: Spot): boolean {
  return next.indent > below || (inMap === true && next.indent === below && isItem(next.text, below));
}

interface Read {
  readonly value: ManifestLeaf['value'];
  readonly end: number;
}

function quoted(text: string, start: number): Read {
  let end = start + 1;
  for (; text[end] !== '"'; end += text[end] === '\\' ? 2 : 1) if (end >= text.length) throw new Unread();
  return { value: doubleQuoted(text.slice(start, end + 1)), end: end + 1 };
}

function singleQuoted(text: string, start: number): Read {
  const end = singleQuoteEnd(text, start);
  return { value: text.slice(start + 1, end).replaceAll("''", "'"), end: end + 1 };
}

function plainText(text: string, start: number): Read {
  const rest = text.slice(start);
  const comment = rest.search(/ #/);
  const source = (comment < 0 ? rest : rest.slice(0, comment)).trimEnd();
  const negative = /^-[\d.]/.test(source) || /^-[A-Za-z-]/.test(source);
  if ((special.test(source) && !negative) || /:(?: |$)|\t/.test(source)) throw new Unread();
  const value = plainScalar(source);
  if (value === undefined) throw new Unread();
  return { value, end: start + source.length };
}

function isItem(text: string, at: number): boolean {
  return text[at] === '-' && (text.length === at + 1 || text[at + 1] === ' ');
}

function keyOf(text: string, at: number): string | undefined {
  key.lastIndex = at;
  return key.exec(text)?.[0];
}
