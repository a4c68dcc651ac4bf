import { isMap, isScalar, isSeq, parseDocument, type Pair, type YAMLMap } from 'yaml';
import type { PinnedManifest } from './pinned-manifest.ts';

type Components = PinnedManifest['document']['components'];

interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The overlay's `kustomization.yaml` as a promotion writes it: in each entry of `images:`, a line `digest: …` after the last key, as far
 *  indented as the others, and no line of `newTag`. All other bytes stay. */
export function setImageDigests(text: string, components: Components): string {
  const images = parseDocument(text).get('images');
  if (!isSeq(images)) throw new Error('the overlay has no list of images');
  const splices = images.items.flatMap((item) => {
    if (!isMap(item)) throw new Error('an entry of images is not a map');
    return entrySplices(text, item, digestFor(item, components));
  });
  return splices
    .toSorted((a, b) => b.from - a.from)
    .reduce((result, { from, to, text: inserted }) => result.slice(0, from) + inserted + result.slice(to), text);
}

function digestFor(entry: YAMLMap, components: Components): string {
  const repository = entry.get('newName') ?? entry.get('name');
  const component = components.find(({ image }) => image.repository === repository);
  if (component === undefined) throw new Error(`no component has the image ${String(repository)}`);
  return component.image.digest;
}

function entrySplices(text: string, entry: YAMLMap, digest: string): readonly Splice[] {
  const last = entry.items.at(-1);
  if (last === undefined) throw new Error('an entry of images is empty');
  const { from: start } = keyRange(last);
  const indent = ' '.repeat(start - lineStart(text, start));
  const line = { from: lineEnd(text, start), to: lineEnd(text, start), text: `${indent}digest: ${digest}\n` };
  const tags = entry.items.filter((pair) => isScalar(pair.key) && pair.key.value === 'newTag').map((pair) => keyRange(pair).from);
  return [line, ...tags.map((tag) => ({ from: lineStart(text, tag), to: lineEnd(text, tag), text: '' }))];
}

function keyRange({ key }: Pair): { readonly from: number } {
  const from = isScalar(key) ? key.range?.[0] : undefined;
  if (from === undefined) throw new Error('an entry of images has a key that is not plain');
  return { from };
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** After the line's newline. */
function lineEnd(text: string, offset: number): number {
  return text.indexOf('\n', offset) + 1;
}
