import { isList } from '../document/is-list.ts';
import type { Json, JsonObject } from '../document/json.ts';
import type { DriftItem } from './drift-item.ts';
import { isMap, ownValue } from './own-value.ts';
import { readPathText, type ReadStep } from './read-path-text.ts';

/** RFC 6902, as far as we need it. */
export type JsonPatchOperation =
  { readonly op: 'test'; readonly path: string; readonly value: Json } | { readonly op: 'remove'; readonly path: string };

type Tokens = readonly (string | number)[];

/** Takes away exactly the fields that nobody declared, of the object as it is now and in no other version of it. Empty where they are gone already. */
export function removalPatch(live: JsonObject, items: readonly Pick<DriftItem, 'class' | 'path'>[]): readonly JsonPatchOperation[] {
  const places = items
    .filter((item) => item.class === 'added-field')
    .map(({ path }) => placeOf(live, readPathText(path)))
    .filter((place) => place !== undefined);
  const outermost = places.filter((place) => !places.some((other) => other !== place && isWithin(place, other)));
  if (outermost.length === 0) return [];
  const metadata = ownValue(live, 'metadata');
  const version = isMap(metadata) ? ownValue(metadata, 'resourceVersion') : undefined;
  return [
    { op: 'test', path: '/metadata/resourceVersion', value: version ?? null },
    // The last of a list first: each removal moves those behind it.
    ...outermost.toSorted(laterFirst).map((place): JsonPatchOperation => ({ op: 'remove', path: pointer(place) })),
  ];
}

function placeOf(live: Json, [step, ...rest]: readonly ReadStep[]): Tokens | undefined {
  if (step === undefined) return [];
  const [token, value] = stepInto(live, step);
  if (token === undefined || value === undefined) return undefined;
  const below = placeOf(value, rest);
  return below === undefined ? undefined : [token, ...below];
}

function stepInto(live: Json, step: ReadStep): readonly [token: string | number | undefined, value: Json | undefined] {
  if (step.kind === 'field') return [step.name, isMap(live) ? ownValue(live, step.name) : undefined];
  // A key of a map may be all digits.
  if (step.kind === 'index' && isMap(live)) return [String(step.index), ownValue(live, String(step.index))];
  if (!isList(live)) return [undefined, undefined];
  const index = live.findIndex((element, at) => isMeant(step, element, at));
  return [index < 0 ? undefined : index, live[index]];
}

function isMeant(step: Exclude<ReadStep, { kind: 'field' }>, element: Json, at: number): boolean {
  switch (step.kind) {
    case 'index':
      return at === step.index;
    case 'value':
      return (typeof element === 'string' ? element : JSON.stringify(element)) === step.text;
    case 'element':
      return isMap(element) && Object.entries(step.keys).every(([key, value]) => ownValue(element, key) === value);
  }
}

function isWithin(place: Tokens, other: Tokens): boolean {
  return other.length <= place.length && other.every((token, at) => token === place[at]);
}

function laterFirst(one: Tokens, other: Tokens): number {
  for (const [at, token] of one.entries()) {
    const beside = other[at];
    if (token === beside) continue;
    return typeof token === 'number' && typeof beside === 'number' ? beside - token : String(token) < String(beside) ? -1 : 1;
  }
  return 0;
}

function pointer(place: Tokens): string {
  return place.map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
