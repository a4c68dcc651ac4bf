import { z } from 'zod';
import { isList } from '../document/is-list.ts';
import type { Json, JsonObject } from '../document/json.ts';
import { objectKey, ObjectRef } from './object-ref.ts';
import { objectRefOf } from './object-ref-of.ts';

export interface ContainerImage {
  readonly object: ObjectRef;
  readonly container: string;
  readonly image: string;
}

/** Another image in the same container. Without `before` the container is new, without `after` gone. */
export const ImageChange = z
  .object({ object: ObjectRef, container: z.string(), before: z.string().exactOptional(), after: z.string().exactOptional() })
  .readonly();
export type ImageChange = z.infer<typeof ImageChange>;

const lists = ['containers', 'initContainers', 'ephemeralContainers'];

/** The images of all containers, wherever an object keeps its pod template: a kind that we don't know runs containers too. */
export function containerImages(objects: readonly JsonObject[]): readonly ContainerImage[] {
  return objects.flatMap((object) => {
    const ref = objectRefOf(object);
    return imagesIn(object).map(({ container, image }) => ({ object: ref, container, image }));
  });
}

export function changedImages(before: readonly JsonObject[], after: readonly JsonObject[]): readonly ImageChange[] {
  const [old, now] = [byContainer(before), byContainer(after)];
  const keys = [...new Set([...old.keys(), ...now.keys()])].toSorted();
  return keys.flatMap((key) => {
    const [was, is] = [old.get(key), now.get(key)];
    const either = is ?? was;
    if (either === undefined || was?.image === is?.image) return [];
    const { object, container } = either;
    return [{ object, container, ...(was === undefined ? {} : { before: was.image }), ...(is === undefined ? {} : { after: is.image }) }];
  });
}

function byContainer(objects: readonly JsonObject[]): ReadonlyMap<string, ContainerImage> {
  return new Map(containerImages(objects).map((image) => [`${objectKey(image.object)} ${image.container}`, image]));
}

function imagesIn(value: Json): readonly { readonly container: string; readonly image: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isList(value)) return value.flatMap(imagesIn);
  return Object.entries(value).flatMap(([key, part]) => (lists.includes(key) && isList(part) ? part.flatMap(imageOf) : imagesIn(part)));
}

function imageOf(container: Json): readonly { readonly container: string; readonly image: string }[] {
  if (typeof container !== 'object' || container === null || isList(container)) return [];
  const { name, image } = container;
  return typeof name === 'string' && typeof image === 'string' ? [{ container: name, image }] : [];
}
