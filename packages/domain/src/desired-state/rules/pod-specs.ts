import { isList } from '../../document/is-list.ts';
import type { JsonPath } from '../../document/json-pointer.ts';
import type { Json, JsonObject } from '../../document/json.ts';
import { isMap } from '../../drift/own-value.ts';

export interface PodSpec {
  readonly path: JsonPath;
  readonly spec: JsonObject;
}

/** Wherever an object keeps a pod template: a kind that we don't know runs containers too. */
export function podSpecs(value: Json, path: JsonPath = []): readonly PodSpec[] {
  if (isList(value)) return value.flatMap((entry, index) => podSpecs(entry, [...path, index]));
  if (!isMap(value)) return [];
  const containers = value['containers'];
  if (isList(containers) && containers.some((container) => isMap(container) && 'image' in container)) return [{ path, spec: value }];
  return Object.entries(value).flatMap(([name, part]) => podSpecs(part, [...path, name]));
}

const lists = ['initContainers', 'containers', 'ephemeralContainers'] as const;

export interface PodContainer {
  readonly path: JsonPath;
  readonly list: (typeof lists)[number];
  readonly container: JsonObject;
}

export function containersOf({ path, spec }: PodSpec): readonly PodContainer[] {
  return lists.flatMap((list) => {
    const containers = spec[list];
    if (!isList(containers)) return [];
    return containers.flatMap((container, index) => (isMap(container) ? [{ path: [...path, list, index], list, container }] : []));
  });
}
