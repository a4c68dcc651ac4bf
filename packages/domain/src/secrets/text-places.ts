import type { ManifestLeaf } from '../desired-state/manifest-leaf.ts';
import { jsonPointer } from '../document/json-pointer.ts';
import type { Position } from '../document/problem.ts';
import type { FoundSecret } from './found-secret.ts';

/** Where things stand in one text. */
export class TextPlaces {
  readonly #text: string;
  readonly #starts: number[] = [0];

  constructor(text: string) {
    this.#text = text;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  at(offset: number): Position {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }

  /** The line of a value that stands somewhere inside a leaf's text; else the leaf's own. */
  ofValue(leaf: ManifestLeaf, value: string): Position {
    const own = typeof leaf.value === 'string' && leaf.value.length > value.length && leaf.value.includes('\n');
    if (!own || value === '') return leaf.key;
    const [first = ''] = value.split('\n');
    const from = this.#offset(leaf.at);
    const found = this.#text.slice(from, from + 2 * leaf.value.length + 4096).indexOf(first);
    return found < 0 ? leaf.key : this.at(from + found);
  }

  /** A secret that the text shows by itself, with the leaf that it stands in. What stands in none is in a comment. */
  inLeaf(secret: FoundSecret, leaves: readonly ManifestLeaf[]): FoundSecret {
    const leaf = lastBefore(leaves, secret);
    const [first = ''] = secret.value.split('\n');
    if (leaf !== undefined && String(leaf.value).includes(first.trim())) return { ...secret, pointer: jsonPointer(leaf.path) };
    const line = this.#text.slice(this.#starts[secret.line - 1] ?? 0, (this.#starts[secret.line] ?? this.#text.length + 1) - 1);
    const before = line.slice(0, secret.column - 1);
    return /(?:^|\s)#/.test(before)
      ? { ...secret, rule: 'S17', message: `a comment holds ${secret.message.replace(/^(?:the text|a comment) holds /, '')}` }
      : secret;
  }

  #offset({ line, column }: Position): number {
    return (this.#starts[line - 1] ?? 0) + column - 1;
  }
}

function lastBefore(leaves: readonly ManifestLeaf[], { line, column }: FoundSecret): ManifestLeaf | undefined {
  let best: ManifestLeaf | undefined;
  for (const leaf of leaves) {
    const before = leaf.at.line < line || (leaf.at.line === line && leaf.at.column <= column);
    const later = best === undefined || leaf.at.line > best.at.line || (leaf.at.line === best.at.line && leaf.at.column >= best.at.column);
    if (before && later) best = leaf;
  }
  return best;
}
