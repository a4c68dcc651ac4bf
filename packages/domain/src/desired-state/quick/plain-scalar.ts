import type { Leaf } from '../manifest-leaf.ts';

/** What doesn't begin like this is text: nearly everything. */
const mayMean = /^[-+.\d~nNtTfF]|^$/;
const nothing = /^(?:~|null|Null|NULL|)$/;
const boolean = /^(?:true|True|TRUE|false|False|FALSE)$/;
const decimal = /^[-+]?\d+$/;
const float = /^[-+]?(?:\.\d+|\d+\.\d*)$|^[-+]?(?:\.\d+|\d+(?:\.\d*)?)[eE][-+]?\d+$/;
const other = /^0[xo][\da-fA-F]+$/;

/** What a scalar without quotes is by YAML 1.2's core schema. `undefined`: not one that is read here. */
export function plainScalar(source: string): Leaf['value'] | undefined {
  if (!mayMean.test(source)) return source;
  if (nothing.test(source)) return null;
  if (boolean.test(source)) return source.toLowerCase() === 'true';
  if (decimal.test(source) || float.test(source)) return Number(source);
  return other.test(source) ? undefined : source;
}
