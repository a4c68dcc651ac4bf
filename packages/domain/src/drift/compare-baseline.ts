import { objectKey, type ObjectRef } from '../desired-state/object-ref.ts';
import type { DriftItem } from './drift-item.ts';

/** An item of another tool's, or of an earlier report: of which object, and where known, at which path. */
export interface BaselineItem {
  readonly object: Omit<ObjectRef, 'version'>;
  readonly path?: string;
}

export interface BaselineComparison<B extends BaselineItem> {
  /** No item of the baseline is missing from ours. */
  readonly agrees: boolean;
  readonly missing: readonly B[];
  /** For a person to look at: confirmed, or ignored by a named rule. */
  readonly onlyOurs: readonly DriftItem[];
}

/** Whether we see all that a baseline sees. A path of it is found where ours is the same, leads to it or lies below it; without one, any item of the object is it. */
export function compareBaseline<B extends BaselineItem>(ours: readonly DriftItem[], baseline: readonly B[]): BaselineComparison<B> {
  const missing = baseline.filter((item) => !ours.some((own) => isOf(own, item)));
  const onlyOurs = ours.filter((own) => !baseline.some((item) => isOf(own, item)));
  return { agrees: missing.length === 0, missing, onlyOurs };
}

function isOf({ object, path }: DriftItem, item: BaselineItem): boolean {
  if (objectKey(object) !== objectKey(item.object)) return false;
  if (item.path === undefined) return true;
  const [one, other] = [`${path}/`, `${item.path}/`];
  return one.startsWith(other) || other.startsWith(one);
}
