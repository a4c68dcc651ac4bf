import type { Json } from '../document/json.ts';
import { goDuration } from './go-duration.ts';
import { quantityText } from './quantity.ts';
import type { ScalarFormat } from './tables/object-schema.ts';

/** Whether two scalars say the same, in whatever spelling the API server accepts. */
export function isSameScalar(one: Json, other: Json, format: ScalarFormat | undefined): boolean {
  if (one === other) return true;
  if (format === undefined || !isText(one) || !isText(other)) return false;
  return spellings[format](one, other);
}

function isText(value: Json): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

type Same = (one: string | number, other: string | number) => boolean;

const spellings: Readonly<Record<ScalarFormat, Same>> = {
  quantity: (one, other) => isSame(quantityText(one), quantityText(other)),
  'int-or-string': (one, other) => String(one) === String(other),
  base64: (one, other) => unspaced(one) === unspaced(other),
  time: (one, other) => isSame(timeOf(one), timeOf(other)),
  duration: (one, other) => isSame(goDuration(String(one)), goDuration(String(other))),
};

function isSame<T>(one: T | undefined, other: T | undefined): boolean {
  return one !== undefined && one === other;
}

function unspaced(text: string | number): string {
  return String(text).replaceAll(/\s/g, '');
}

function timeOf(text: string | number): number | undefined {
  const time = Date.parse(String(text));
  return Number.isNaN(time) ? undefined : time;
}
