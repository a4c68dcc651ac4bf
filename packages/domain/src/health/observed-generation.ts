import { numberAt } from '../document/json-field.ts';
import type { JsonObject } from '../document/json.ts';

/** Whether the status is of the specification as it is now. A controller that doesn't say has seen nothing. */
export function isObserved(object: JsonObject): boolean {
  return (numberAt(object, 'metadata', 'generation') ?? 0) <= (numberAt(object, 'status', 'observedGeneration') ?? 0);
}

/** For kinds where it is optional: only a controller that says an older one is behind. */
export function isBehind(object: JsonObject): boolean {
  return numberAt(object, 'status', 'observedGeneration') !== undefined && !isObserved(object);
}
