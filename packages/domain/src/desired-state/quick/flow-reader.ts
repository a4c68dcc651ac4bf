import type { JsonPath } from '../../document/json-pointer.ts';
import type { Position } from '../../document/problem.ts';
import type { ManifestLeaf } from '../manifest-leaf.ts';
import { plainScalar } from './plain-scalar.ts';
import { Unread } from './unread.ts';

const deepest = 64;
const plain = /(?:[^\s,[\]{}:#"'&*!|>%@`?-]|-(?=[^\s,[\]{}:#"'&*!]))[^,[\]{}#:\n"'&*!]*/y;
const word = /(?:true|false|null|-?\d[\d.eE+-]*)(?![\w.+-])/y;
const white = /[ ]*/y;
const whiteAndLines = /[ \n\t]*/y;

/** Reads a flow collection: JSON of any number of lines, or YAML's within one. */
export class FlowReader {
  readonly #text: string;
  readonly #leaves: ManifestLeaf[];
  readonly #json: boolean;
  readonly #place: (offset: number) => Position;
  #at: number;

  constructor(
    text: string,
    { leaves, json, at, place }: { leaves: ManifestLeaf[]; json: boolean; at: number; place: (offset: number) => Position },
  ) {
    this.#text = text;
    this.#leaves = leaves;
    this.#json = json;
    this.#at = at;
    this.#place = place;
  }

  /** The offset behind the collection. Throws `Unread` for whatever isn't plainly one. */
  read(path: JsonPath, key: Position): number {
    this.#value(path, key, 0);
    return this.#at;
  }

  #value(path: JsonPath, key: Position, depth: number): void {
    if (depth > deepest) throw new Unread();
    this.#skip();
    const at = this.#at;
    const letter = this.#text[at];
    if (letter === '{') this.#map(path, depth);
    else if (letter === '[') this.#list(path, depth);
    else this.#leaves.push({ path, key, at: this.#place(at), value: this.#scalar() });
  }

  #map(path: JsonPath, depth: number): void {
    this.#at += 1;
    this.#skip();
    while (this.#text[this.#at] !== '}') {
      const key = this.#place(this.#at);
      const name = this.#name();
      this.#skip();
      if (this.#text[this.#at] !== ':') throw new Unread();
      this.#at += 1;
      if (!this.#json && this.#text[this.#at] !== ' ') throw new Unread();
      this.#value([...path, name], key, depth + 1);
      this.#next('}');
    }
    this.#at += 1;
  }

  #list(path: JsonPath, depth: number): void {
    this.#at += 1;
    this.#skip();
    for (let index = 0; this.#text[this.#at] !== ']'; index += 1) {
      this.#value([...path, index], this.#place(this.#at), depth + 1);
      this.#next(']');
    }
    this.#at += 1;
  }

  #next(end: string): void {
    this.#skip();
    if (this.#text[this.#at] === end) return;
    if (this.#text[this.#at] !== ',') throw new Unread();
    this.#at += 1;
    this.#skip();
    if (this.#text[this.#at] === end) throw new Unread();
  }

  #name(): string {
    const letter = this.#text[this.#at];
    if (letter !== '"' && letter !== "'" && this.#json) throw new Unread();
    const from = this.#at;
    const value = this.#scalar();
    const name = typeof value === 'string' ? value : this.#text.slice(from, this.#at).trim();
    if (name === '<<' || name === '') throw new Unread();
    return name;
  }

  #scalar(): ManifestLeaf['value'] {
    const letter = this.#text[this.#at];
    if (letter === '"') return this.#quoted();
    if (letter === "'" && !this.#json) return this.#singleQuoted();
    const shape = this.#json ? word : plain;
    shape.lastIndex = this.#at;
    const source = (shape.exec(this.#text)?.[0] ?? '').trimEnd();
    this.#at += source.length;
    const value = source === '' || !this.#ends() ? undefined : plainScalar(source);
    if (value === undefined) throw new Unread();
    return value;
  }

  /** Whether YAML ends a plain scalar here too. */
  #ends(): boolean {
    const next = this.#text[this.#at] ?? '';
    if (this.#json) return true;
    return next === ':' ? this.#text[this.#at + 1] === ' ' : /^[\s,\]}]?$/.test(next);
  }

  #quoted(): string {
    let end = this.#at + 1;
    for (; this.#text[end] !== '"'; end += this.#text[end] === '\\' ? 2 : 1) {
      if (end >= this.#text.length || this.#text[end] === '\n') throw new Unread();
    }
    const own = this.#text.slice(this.#at, end + 1);
    this.#at = end + 1;
    return doubleQuoted(own);
  }

  #singleQuoted(): string {
    const end = singleQuoteEnd(this.#text, this.#at);
    const own = this.#text.slice(this.#at + 1, end);
    if (own.includes('\n')) throw new Unread();
    this.#at = end + 1;
    return own.replaceAll("''", "'");
  }

  #skip(): void {
    const blank = this.#json ? whiteAndLines : white;
    blank.lastIndex = this.#at;
    blank.test(this.#text);
    this.#at = blank.lastIndex;
  }
}

/** JSON's escapes are YAML's as well; YAML's others are left. */
export function doubleQuoted(own: string): string {
  if (!own.includes('\\') && !own.includes('\t')) return own.slice(1, -1);
  if (own.includes('\t') || /\\[^"\\/bfnrtu]/.test(own.replaceAll('\\\\', ''))) throw new Unread();
  const value: unknown = jsonOf(own);
  if (typeof value !== 'string') throw new Unread();
  return value;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Unread();
  }
}

export function singleQuoteEnd(text: string, from: number): number {
  let end = text.indexOf("'", from + 1);
  while (end >= 0 && text[end + 1] === "'") end = text.indexOf("'", end + 2);
  if (end < 0) throw new Unread();
  return end;
}
