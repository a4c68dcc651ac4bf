import { type Document, isMap, isScalar, isSeq, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { z } from 'zod';
import { isList } from '../document/is-list.ts';
import type { Json, JsonObject } from '../document/json.ts';

/** An entry of `images:`. */
export interface OverlayImage {
  readonly node: unknown;
  readonly value: Json;
  readonly name: string | undefined;
  readonly newName: string | undefined;
}

/** A `kustomization.yaml` with the places of its images. */
export interface Overlay {
  readonly root: YAMLMap;
  readonly images: Pair | undefined;
  readonly entries: readonly OverlayImage[];
  readonly value: JsonObject;
}

/** The overlay, or why it can't be edited. */
export function readOverlay(text: string): Overlay | string {
  const document = parseDocument(text, { logLevel: 'error', merge: true });
  const fault = document.errors[0];
  if (fault !== undefined) return `it is not one YAML document: ${fault.message.split('\n')[0] ?? ''}`;
  const root: unknown = document.contents;
  const value = valueOf(document);
  if (!isMap(root) || value === undefined) return 'it is not a map that JSON could hold';
  const images = root.items.find(({ key }) => isScalar(key) && key.value === 'images');
  const list = value['images'] ?? [];
  if (!isList(list)) return 'images is not a list';
  const nodes: readonly unknown[] = isSeq(images?.value) ? images.value.items : [];
  if (nodes.length !== list.length) return 'images is an alias';
  const entries = list.map((entry, index) => ({
    node: nodes[index],
    value: entry,
    name: field(entry, 'name'),
    newName: field(entry, 'newName'),
  }));
  return { root, images, entries, value };
}

function valueOf(document: Document): JsonObject | undefined {
  try {
    const parsed = z.record(z.string(), z.json()).safeParse(document.toJS({ maxAliasCount: 1_000 }));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined; // an alias without an anchor, or one that grows without bound
  }
}

function field(entry: Json, name: string): string | undefined {
  const value = isObject(entry) ? entry[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}
