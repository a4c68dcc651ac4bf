import { objectKey, type JsonObject, type ObjectRef } from '@fairlead/domain';
import { isMap } from './desired-objects.ts';

/**
 * Live objects in the leanest form that can be compared again: JSON text, without status. Parsing one when it is needed costs microseconds; keeping ten thousand parsed
 * costs ten times the memory. One that is too deep to be written stays as it came.
 */
export class LiveObjects {
  readonly #kept = new Map<string, string | JsonObject>();

  get size(): number {
    return this.#kept.size;
  }

  get(key: string): JsonObject | undefined {
    const kept = this.#kept.get(key);
    const object: unknown = typeof kept === 'string' ? JSON.parse(kept) : kept;
    return isMap(object) ? object : undefined;
  }

  set(ref: ObjectRef, { status: _status, ...object }: JsonObject): void {
    this.#kept.set(objectKey(ref), written(object));
  }

  delete(key: string): void {
    this.#kept.delete(key);
  }
}

function written(object: JsonObject): string | JsonObject {
  try {
    return JSON.stringify(object);
  } catch {
    return object;
  }
}
