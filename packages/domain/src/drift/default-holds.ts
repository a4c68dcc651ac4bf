import { isList } from '../document/is-list.ts';
import { jsonEquals } from '../document/json-equals.ts';
import type { Json, JsonObject } from '../document/json.ts';
import { isMap, ownValue } from './own-value.ts';
import type { PathStep } from './path-step.ts';
import { isSameScalar } from './same-scalar.ts';
import type { ApiDefault, DefaultCondition, FieldPath, SimilarDefault } from './tables/api-default.ts';
import type { ScalarFormat } from './tables/object-schema.ts';

/** A live field, and where it is. */
export interface LivePlace {
  readonly root: JsonObject;
  readonly steps: readonly PathStep[];
  readonly value: Json;
  readonly scalar: ScalarFormat | undefined;
}

/** Whether the API server would have put this value there by itself. */
export function defaultHolds(rule: ApiDefault, place: LivePlace): boolean {
  if (rule.when !== undefined && !conditionHolds(rule.when, rule.path, place)) return false;
  if ('any' in rule) return true;
  if ('like' in rule) return isLike(place.value, rule);
  const value = 'sameAs' in rule ? valueAt(rule.sameAs, rule.path, place) : rule.value;
  return value !== undefined && (isSameScalar(place.value, value, place.scalar) || jsonEquals(place.value, value));
}

/** Whether the API server would have put it there while the other field was different: a default stays when what it followed from changes. */
export function defaultStayed(rule: ApiDefault, place: LivePlace): boolean {
  if (rule.when === undefined || !('value' in rule)) return false;
  const { when: _then, ...always } = rule;
  return defaultHolds(always, place);
}

/** Else the API server chooses, and a person may have chosen for it. */
export function hasOneValue(rule: ApiDefault): boolean {
  return !('any' in rule) && !('like' in rule);
}

/** Whether a list is what the API server writes where there is none: all of its elements, and no other. */
export function isWholeDefault(live: readonly Json[], elements: readonly ApiDefault[]): boolean {
  const added = (rule: ApiDefault): boolean => 'value' in rule && live.some((element) => jsonEquals(element, rule.value));
  return live.length === elements.length && elements.every(added);
}

function isLike(value: Json, { like, allocated }: SimilarDefault): boolean {
  if (!isMap(value)) return false;
  const fixed = (map: JsonObject): JsonObject => Object.fromEntries(Object.entries(map).filter(([field]) => !allocated.includes(field)));
  return jsonEquals(fixed(value), fixed(like));
}

function conditionHolds(when: DefaultCondition, path: FieldPath, place: LivePlace): boolean {
  const value = valueAt(when.path, path, place);
  const absent = value === undefined || value === null;
  if ('absent' in when) return absent;
  if (absent) return false;
  if ('oneOf' in when) return when.oneOf.some((one) => jsonEquals(one, value));
  return 'present' in when || (typeof value === 'string' && imageTag(value) === when.imageTag);
}

/** Follows a path from the root; its stars are the keys and elements that the default's stars stand for here. */
function valueAt(path: FieldPath, ofDefault: FieldPath, { root, steps }: LivePlace): Json | undefined {
  const bound = steps.filter((_, index) => ofDefault[index] === '*');
  let value: Json | undefined = root;
  let star = 0;
  for (const field of path) {
    const step: PathStep | undefined = field === '*' ? bound[star++] : field;
    if (step === undefined) return undefined;
    value = inside(value, step);
  }
  return value;
}

function inside(value: Json | undefined, step: PathStep): Json | undefined {
  if (typeof step === 'object') return isList(value) ? value[step.live] : undefined;
  return isMap(value) ? ownValue(value, step) : undefined;
}

/** As the API server reads an image to choose a pull policy: neither tag nor digest means `latest`. */
function imageTag(image: string): 'latest' | 'other' {
  const [name = '', digest] = image.split('@');
  const tag = /:([^:/]*)$/.exec(name)?.[1];
  if (tag === undefined) return digest === undefined ? 'latest' : 'other';
  return tag === 'latest' ? 'latest' : 'other';
}
