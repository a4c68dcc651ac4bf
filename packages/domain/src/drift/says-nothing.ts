import { isList } from '../document/is-list.ts';
import type { Json } from '../document/json.ts';
import type { FieldPlan } from './field-plan.ts';
import { isMap } from './own-value.ts';

/** Whether the API server may keep nothing of what is desired: no value, an empty list or map, a zero that Go leaves out. */
export function saysNothing(desired: Json, plan: FieldPlan): boolean {
  if (desired === null || plan.skipped) return true;
  if (!plan.native) return false;
  if (desired === '') return plan.dropsText;
  if (desired === 0 || desired === false) return plan.dropsZero;
  if (isList(desired)) return desired.length === 0;
  return isMap(desired) && plan.free && isEmpty(desired);
}

export function isEmpty(value: Json): boolean {
  if (isList(value)) return value.length === 0;
  if (!isMap(value)) return value === null;
  for (const _ in value) return false;
  return true;
}
