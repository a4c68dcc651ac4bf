import { readManifestFile } from '../desired-state/manifest-file.ts';
import type { Leaf } from '../desired-state/manifest-leaf.ts';

/** Every image, tag and digest that a file of manifests names, in order: two versions of a file with the same name the same images. */
export function imagesNamed(text: string): readonly string[] {
  const read = readManifestFile(text, 'manifest');
  if (read.kind === 'unparsable') return [];
  return read.documents
    .flatMap(({ leaves }) => leaves.filter(namesImage).map(({ path, value }) => `${String(path.at(-1))}=${String(value)}`))
    .toSorted();
}

function namesImage({ path, value }: Leaf): boolean {
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  const last = path.at(-1);
  if (path[0] === 'images' && path.length === 3) return last === 'name' || last === 'newName' || last === 'newTag' || last === 'digest';
  return last === 'image' && typeof path.at(-2) === 'number' && /containers$/i.test(String(path.at(-3)));
}
