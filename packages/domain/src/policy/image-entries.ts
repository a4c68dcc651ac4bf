import type { Leaf } from '../desired-state/manifest-leaf.ts';
import { parseImageText } from './image-text.ts';

/** An entry of a kustomization's `images:`. */
export interface ImageEntry<L extends Leaf> {
  readonly name: L;
  readonly newName?: L;
  readonly newTag?: L;
  readonly digest?: L;
}

export function imageEntries<L extends Leaf>(leaves: readonly L[]): readonly ImageEntry<L>[] {
  const indices = [...new Set(leaves.filter(({ path }) => path[0] === 'images').map(({ path }) => path[1]))];
  return indices.flatMap((index) => (typeof index === 'number' ? entryAt(leaves, index) : []));
}

function entryAt<L extends Leaf>(leaves: readonly L[], index: number): readonly ImageEntry<L>[] {
  const fields = leaves.filter(({ path }) => path.length === 3 && path[0] === 'images' && path[1] === index);
  const [name, newName, newTag, digest] = ['name', 'newName', 'newTag', 'digest'].map((wanted) =>
    fields.findLast(({ path }) => path[2] === wanted),
  );
  if (name === undefined) return [];
  return [
    {
      name,
      ...(newName === undefined ? {} : { newName }),
      ...(newTag === undefined ? {} : { newTag }),
      ...(digest === undefined ? {} : { digest }),
    },
  ];
}

/** The part of an entry that made the image what it is: its digest, else its tag. */
export function decidingLeaf<L extends Leaf>(entries: readonly ImageEntry<L>[], image: string): L | undefined {
  const rendered = parseImageText(image);
  if (rendered === undefined) return undefined;
  for (const { name, newName, newTag, digest } of entries.toReversed()) {
    if (String((newName ?? name).value) !== rendered.repository) continue;
    if (digest !== undefined && digest.value === rendered.digest) return digest;
    if (newTag !== undefined && String(newTag.value) === rendered.tag) return newTag;
  }
  return undefined;
}

/** What a component's entry may be called. */
export interface ComponentImage {
  readonly component: string;
  readonly names: readonly string[];
}

export interface AmbiguousEntry<L extends Leaf> {
  readonly leaf: L;
  readonly because: string;
}

/** Entries of which nobody can say which one decides. */
export function ambiguousEntries<L extends Leaf>(
  entries: readonly ImageEntry<L>[],
  components: readonly ComponentImage[],
): readonly AmbiguousEntry<L>[] {
  const found = new Map<L, string>();
  for (const { name } of entries.filter(({ name }, place) => entries.slice(0, place).some((other) => other.name.value === name.value))) {
    found.set(name, `images has ${String(name.value)} twice`);
  }
  const isOf = ({ names }: ComponentImage, { name, newName }: ImageEntry<L>): boolean =>
    names.includes(String(name.value)) || (newName !== undefined && names.slice(1).includes(String(newName.value)));
  for (const component of components) {
    const own = entries.filter((entry) => isOf(component, entry));
    const shown = own.map(({ name }) => String(name.value)).join(' and ');
    for (const { name } of own.slice(1))
      if (!found.has(name)) found.set(name, `${shown} are both entries of component ${component.component}`);
  }
  for (const entry of entries) {
    const owners = components.filter((component) => isOf(component, entry)).map(({ component }) => component);
    if (owners.length > 1 && !found.has(entry.name))
      found.set(entry.name, `${String(entry.name.value)} is the entry of ${owners.join(' and ')}`);
  }
  return [...found].map(([leaf, because]) => ({ leaf, because }));
}
