import { objectKey, type JsonObject, type ObjectRef } from '@fairlead/domain';
import { isMap } from './desired-objects.ts';

/**
 * Live objects in the leanest form that can be compared again: JSON text, without status. Parsing one when it is needed costs microseconds; keeping ten thousand parsed
 * costs ten times the memory.
 */
export class LiveObjects {
  readonly #texts = new Map<string, string>();

  get size(): number {
    return this.#texts.size;
  }

  keys(): IterableIterator<string> {
    return this.#texts.keys();
  }

  has(key: string): boolean {
    return this.#texts.has(key);
  }

  get(key: string): JsonObject | undefined {
    const text = this.#texts.get(key);
    if (text === undefined) return undefined;
    const object: unknown = JSON.parse(text);
    return isMap(object) ? object : undefined;
  }

  set(ref: ObjectRef, { status: _status, ...object }: JsonObject): void {
    this.#texts.set(objectKey(ref), JSON.stringify(object));
  }

  delete(key: string): void {
    this.#texts.delete(key);
  }
}

/** Something in the cluster made it and looks after it. */
export function isOwned({ metadata }: JsonObject): boolean {
  if (!isMap(metadata)) return false;
  const { ownerReferences: owners } = metadata;
  return Array.isArray(owners) && owners.length > 0;
}
