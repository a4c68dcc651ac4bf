import { isDeepStrictEqual } from 'node:util';

import { objectAt, without } from '../../json/json.ts';
import { annotationsOf, type KubeObject } from '../../kube/kube-object.ts';

/** Whether an apply would change more than the server's own bookkeeping. */
export function hasDrifted(live: KubeObject, applied: KubeObject): boolean {
  if (!isDeepStrictEqual(objectAt(live.metadata, 'labels'), objectAt(applied.metadata, 'labels'))) return true;
  if (!isDeepStrictEqual(annotationsOf(live), annotationsOf(applied))) return true;
  return !isDeepStrictEqual(without(live, 'metadata', 'status'), without(applied, 'metadata', 'status'));
}
