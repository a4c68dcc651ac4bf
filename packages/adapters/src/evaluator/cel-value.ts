import type { Json } from '@fairlead/domain';

type CelValue = null | boolean | bigint | number | string | readonly CelValue[] | { readonly [key: string]: CelValue };

/** CEL tells integers from fractions as Kubernetes does; JSON has numbers alone. */
export function celValue(value: Json): CelValue {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(celValue);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, celValue(part)]));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
