import type { Json } from '../document/json.ts';
import { isMap } from './own-value.ts';

/** A list's element on the way to a field. */
export interface ElementStep {
  /** The fields that tell elements apart; `value`: its value does; absent: its place. */
  readonly keys: readonly string[] | 'value' | undefined;
  readonly element: Json;
  /** Its places in the two lists; -1 where it isn't in one. */
  readonly live: number;
  readonly desired: number;
}

/** A field's or a key's name, or an element. */
export type PathStep = string | ElementStep;

/** As a finding shows it: a JSON pointer whose list elements stand by merge key. */
export function pathText(steps: readonly PathStep[]): string {
  return steps.map((step) => `/${typeof step === 'string' ? escaped(step) : elementText(step)}`).join('');
}

function elementText({ keys, element, live, desired }: ElementStep): string {
  if (keys === undefined) return String(live < 0 ? desired : live);
  if (keys === 'value') return `[=${escaped(textOf(element))}]`;
  const named = isMap(element) ? keys.filter((key) => Object.hasOwn(element, key)).map((key) => `${key}=${textOf(element[key])}`) : [];
  return `[${escaped(named.join(','))}]`;
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

function escaped(text: string): string {
  return text.replaceAll('~', '~0').replaceAll('/', '~1');
}
