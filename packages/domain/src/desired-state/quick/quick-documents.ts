import type { ManifestDocument, ManifestLeaf } from '../manifest-leaf.ts';
import { BlockReader } from './block-reader.ts';
import { FlowReader } from './flow-reader.ts';
import { Unread } from './unread.ts';

/** The documents of the YAML and JSON that most manifests are written in, many times faster than a parser of all of YAML.
 *  `undefined`: something in it is left to that parser (anchors, tags, folded texts, errors). What is read is the same. */
export function quickDocuments(text: string): readonly ManifestDocument[] | undefined {
  if (/[^\P{Cc}\n\t]|[\u2028\u2029]|^(?:%|\.\.\.)|^---[^\n]*[^\s-]/mu.test(text)) return undefined;
  try {
    return /^\s*[{[]/.test(text) ? json(text) : new BlockReader(text).documents();
  } catch (error) {
    if (error instanceof Unread) return undefined;
    throw error;
  }
}

function json(text: string): readonly ManifestDocument[] {
  const leaves: ManifestLeaf[] = [];
  const start = /\S/.exec(text)?.index ?? 0;
  const place = placesOf(text);
  const end = new FlowReader(text, { leaves, json: true, at: start, place }).read([], place(start));
  if (text.slice(end).trim() !== '') throw new Unread();
  return leaves.length === 0 ? [] : [{ leaves }];
}

/** Offsets come in order, so each line is counted once. */
function placesOf(text: string): (offset: number) => { readonly line: number; readonly column: number } {
  let [line, start, next] = [1, 0, text.indexOf('\n')];
  return (offset) => {
    while (next >= 0 && next < offset) {
      line += 1;
      start = next + 1;
      next = text.indexOf('\n', start);
    }
    return { line, column: offset - start + 1 };
  };
}
