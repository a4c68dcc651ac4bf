import { isDeepStrictEqual } from 'node:util';

import { isJsonList, isJsonObject, type Json, type JsonObject } from '../../json/json.ts';
import { listMerge } from './list-keys.ts';
import { sameQuantity } from './quantity.ts';

export interface MergeRules {
  /** A kind of the API itself, whose lists have merge keys; a custom resource's lists are whole. */
  readonly builtIn: boolean;
  /** For a comparison: a declared empty value and an absent one are the same, as after Argo CD's round trip through Go's types. */
  readonly emptyIsAbsent: boolean;
  /** The object's values are quantities, equal in any spelling. */
  readonly quantities?: boolean;
}

export interface Sides<T extends Json> {
  /** What was applied last. */
  readonly original: T | undefined;
  /** What is declared now. */
  readonly target: T;
  readonly live: T;
}

/** The live object with the declared fields put in, and those taken out that were applied before and are no longer declared.
 *  What was never declared stays: so an undeclared addition is invisible to a comparison, and survives a sync. */
export function threeWayMerge({ original = {}, target, live }: Sides<JsonObject>, rules: MergeRules): JsonObject {
  const merged: Record<string, Json> = { ...live };
  for (const key of Object.keys(original)) if (!(key in target)) Reflect.deleteProperty(merged, key);
  for (const [key, declared] of Object.entries(target)) {
    if (rules.emptyIsAbsent && !(key in live) && isEmptyValue(declared)) continue;
    const value = mergeField(key, { original: original[key], target: declared, live: live[key] ?? null }, rules);
    if (value === null) Reflect.deleteProperty(merged, key);
    else merged[key] = value;
  }
  return merged;
}

/** Maps whose values are quantities, and fields that are one. */
const quantityMaps = new Set(['limits', 'requests', 'hard', 'capacity', 'max', 'min', 'default', 'defaultRequest']);
const quantityFields = new Set(['sizeLimit', 'averageValue', 'divisor']);

function mergeField(field: string, { original, target, live }: Sides<Json>, rules: MergeRules): Json {
  if (isJsonObject(target) && isJsonObject(live)) {
    return threeWayMerge({ original: asObject(original), target, live }, { ...rules, quantities: quantityMaps.has(field) });
  }
  if (isJsonList(target) && isJsonList(live)) {
    return mergeList(field, { original: asList(original), target, live }, rules);
  }
  return isQuantity(field, rules) && isAmount(target) && isAmount(live) && sameQuantity(target, live) ? live : target;
}

function asObject(value: Json | undefined): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
}

function asList(value: Json | undefined): readonly Json[] | undefined {
  return isJsonList(value) ? value : undefined;
}

function isQuantity(field: string, { builtIn, quantities = false }: MergeRules): boolean {
  return builtIn && (quantities || quantityFields.has(field));
}

function isAmount(value: Json): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function mergeList(field: string, sides: Sides<readonly Json[]>, rules: MergeRules): readonly Json[] {
  const { original = [], target, live } = sides;
  const merge = rules.builtIn ? listMerge(field, [...original, ...target, ...live]) : ({ kind: 'whole' } as const);
  switch (merge.kind) {
    case 'keyed':
      return mergeKeyed(merge.key, sides, rules);
    case 'set':
      return [
        ...live.filter((item) => target.includes(item) || !original.includes(item)),
        ...target.filter((item) => !live.includes(item)),
      ];
    case 'whole':
      return covers(field, { target, live }, rules) ? live : target;
  }
}

function mergeKeyed(
  key: (element: Json) => string,
  { original = [], target, live }: Sides<readonly Json[]>,
  rules: MergeRules,
): readonly Json[] {
  const declared = new Map(target.map((element) => [key(element), element]));
  const applied = new Map(original.map((element) => [key(element), element]));
  const present = new Set(live.map(key));
  const kept = live.flatMap((element) => {
    const wanted = declared.get(key(element));
    if (wanted !== undefined) return [mergeField('', { original: applied.get(key(element)), target: wanted, live: element }, rules)];
    return applied.has(key(element)) ? [] : [element];
  });
  return [...kept, ...target.filter((element) => !present.has(key(element)))];
}

/** Values that the API server fills in inside lists that merge whole. */
const knownDefaults: Readonly<Record<string, Json>> = {
  protocol: 'TCP',
  scheme: 'HTTP',
  operator: 'Equal',
  apiVersion: 'v1',
  apiGroup: 'rbac.authorization.k8s.io',
  defaultMode: 420,
};

/** Whether each live element is the declared one plus what the server filled in. A StatefulSet's claim templates get whole objects filled in. */
function covers(
  field: string,
  { target, live }: { readonly target: readonly Json[]; readonly live: readonly Json[] },
  rules: MergeRules,
): boolean {
  if (target.length !== live.length) return false;
  const additionsInvisible = !rules.builtIn || field === 'volumeClaimTemplates';
  return target.every((declared, index) => {
    const present = live[index] ?? null;
    if (!isJsonObject(declared) || !isJsonObject(present))
      return mergeField('', { original: undefined, target: declared, live: present }, rules) === present;
    const merged = threeWayMerge({ original: undefined, target: declared, live: present }, { ...rules, emptyIsAbsent: true });
    return (
      isDeepStrictEqual(merged, present) &&
      (additionsInvisible || Object.entries(present).every(([key, value]) => key in declared || knownDefaults[key] === value))
    );
  });
}

function isEmptyValue(value: Json): boolean {
  if (isJsonList(value)) return value.length === 0;
  if (isJsonObject(value)) return Object.values(value).every(isEmptyValue);
  return value === null || value === '' || value === false || value === 0;
}
