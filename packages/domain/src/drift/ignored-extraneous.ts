import type { Json, JsonObject } from '../document/json.ts';
import { ownersOf } from './field-owners.ts';
import { isMap, ownValue } from './own-value.ts';

const option = 'argocd.argoproj.io/compare-options';

/** The rule by which an object that nobody desires counts for nothing: its own files said so, as long as nobody but those whom we trust says that he wrote it. */
export function ignoredExtraneous(live: JsonObject, trusted: ReadonlySet<string>): string | undefined {
  const place = ['metadata', 'annotations', option];
  const says = place.reduce<Json | undefined>((value, field) => (isMap(value) ? ownValue(value, field) : undefined), live);
  if (typeof says !== 'string' || !says.split(',').some((one) => one.trim() === 'IgnoreExtraneous')) return undefined;
  const owners = ownersOf(live, place);
  return owners.length > 0 && owners.every(({ manager }) => trusted.has(manager)) ? 'argocd compare-options IgnoreExtraneous' : undefined;
}
