import { isList } from '../document/is-list.ts';
import type { Json } from '../document/json.ts';
import { isMap, ownValue } from './own-value.ts';
import type { PathStep } from './path-step.ts';

/** One step of a rule's path. `index` counts in the list as it is written, live or desired; `element` is one that says this in these fields of its. */
export type PatternStep =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'element'; readonly where: readonly ElementMark[] };

export interface ElementMark {
  /** Inside the element; the element itself is `[]`. */
  readonly field: readonly string[];
  readonly text: string;
}

export type PathPattern = readonly PatternStep[];

/** Whether the pattern leads to the place or to something that holds it. */
export function covers(pattern: PathPattern, steps: readonly PathStep[]): boolean {
  return pattern.length <= steps.length && leads(pattern, steps);
}

/** What of the pattern is below the place, when the pattern leads through it. */
export function below(pattern: PathPattern, steps: readonly PathStep[]): PathPattern | undefined {
  return pattern.length > steps.length && leads(pattern, steps) ? pattern.slice(steps.length) : undefined;
}

function leads(pattern: PathPattern, steps: readonly PathStep[]): boolean {
  const length = Math.min(pattern.length, steps.length);
  for (let index = 0; index < length; index += 1) {
    const [expected, step] = [pattern[index], steps[index]];
    if (expected === undefined || step === undefined || !isAt(expected, step)) return false;
  }
  return true;
}

function isAt(expected: PatternStep, step: PathStep): boolean {
  switch (expected.kind) {
    case 'any':
      return true;
    case 'field':
      return step === expected.name;
    case 'index':
      if (typeof step === 'string') return step === String(expected.index);
      return step.live === expected.index || step.desired === expected.index;
    case 'element':
      return typeof step === 'object' && expected.where.every(({ field, text }) => textAt(step.element, field) === text);
  }
}

/** The value without the places that the pattern leads to. */
export function without(value: Json, pattern: PathPattern): Json {
  const [first, ...rest] = pattern;
  if (first === undefined) return null;
  if (isList(value)) return withoutElements(value, first, rest);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, part]): readonly (readonly [string, Json])[] => {
    if (first.kind !== 'any' && !(first.kind === 'field' && first.name === key)) return [[key, part]];
    return rest.length === 0 ? [] : [[key, without(part, rest)]];
  });
  return Object.fromEntries(entries);
}

function withoutElements(list: readonly Json[], first: PatternStep, rest: PathPattern): Json {
  return list.flatMap((element, index): readonly Json[] => {
    if (!isAt(first, { keys: undefined, element, live: index, desired: index })) return [element];
    return rest.length === 0 ? [] : [without(element, rest)];
  });
}

function textAt(value: Json, fields: readonly string[]): string | undefined {
  const found = fields.reduce<Json | undefined>((part, field) => (isMap(part) ? ownValue(part, field) : undefined), value);
  if (found === undefined || typeof found === 'object') return undefined;
  return String(found);
}
