import { isDeepStrictEqual } from 'node:util';

import { without, type Json, type JsonObject } from '../../json/json.ts';
import { type KubeObject } from '../../kube/kube-object.ts';
import { comparable, isBuiltIn, lastApplied } from './comparable.ts';
import { removePointers } from './ignore-differences.ts';
import { threeWayMerge } from './three-way-merge.ts';

/** Whether the live object differs from the declared one in Argo CD's three-way sense: a declared field differs, or one that was
 *  applied before is no longer declared. `ignored` are JSON pointers that don't count. */
export function isModified(target: KubeObject, live: KubeObject, ignored: readonly string[] = []): boolean {
  const side = (object: KubeObject): JsonObject => removePointers(normalised(object), ignored);
  const present = side(live);
  // A live object of another version carries the same content; Argo CD converts it first.
  const declared = side({ ...target, apiVersion: live.apiVersion });
  const applied = lastApplied(live);
  const original = side({ ...(applied ?? target), apiVersion: live.apiVersion });
  const merged = threeWayMerge({ original, target: declared, live: present }, { builtIn: isBuiltIn(target), emptyIsAbsent: true });
  return !isDeepStrictEqual(merged, present);
}

function normalised(object: KubeObject): JsonObject {
  const plain = comparable(object);
  const metadata: Readonly<Record<string, Json>> = without(plain.metadata, 'namespace');
  return { ...plain, metadata };
}
