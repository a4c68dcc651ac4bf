import { isList } from '../document/is-list.ts';
import { jsonPointer, type JsonPath } from '../document/json-pointer.ts';
import type { Json, JsonObject } from '../document/json.ts';
import type { ObjectRef } from '../desired-state/object-ref.ts';
import { objectRefOf } from '../desired-state/object-ref-of.ts';

/** One image that an object runs or mounts, and where it says so. */
export interface RenderedImage {
  readonly object: ObjectRef;
  /** The container or volume; its place in the list where it has no name. */
  readonly container: string;
  /** Of the object's pod template. */
  readonly list: ImageList;
  readonly pointer: string;
  readonly image: string;
}

const imageLists = ['containers', 'initContainers', 'ephemeralContainers', 'volumes'] as const;
export type ImageList = (typeof imageLists)[number];

/** Wherever an object keeps a pod template: a kind that we don't know runs containers too. */
export function renderedImages(objects: readonly JsonObject[]): readonly RenderedImage[] {
  return objects.flatMap((object) => {
    const ref = objectRefOf(object);
    return imagesIn(object, []).map((image) => ({ ...image, object: ref }));
  });
}

type Found = Omit<RenderedImage, 'object'>;

function imagesIn(value: Json, path: JsonPath): readonly Found[] {
  if (isList(value)) return value.flatMap((entry, index) => imagesIn(entry, [...path, index]));
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([name, part]) => {
    const list = imageLists.find((known) => known === name);
    const at = [...path, name];
    return list === undefined || !isList(part)
      ? imagesIn(part, at)
      : part.flatMap((entry, index) => entryImage(list, entry, [...at, index]));
  });
}

function entryImage(list: ImageList, entry: Json, path: JsonPath): readonly Found[] {
  if (!isMap(entry)) return [];
  const container = typeof entry['name'] === 'string' ? entry['name'] : String(path.at(-1));
  const mounted = isMap(entry['image']) ? entry['image']['reference'] : undefined;
  const [image, steps] = list === 'volumes' ? [mounted, ['image', 'reference']] : [entry['image'], ['image']];
  return typeof image === 'string' ? [{ container, list, pointer: jsonPointer([...path, ...steps]), image }] : [];
}

function isMap(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}
