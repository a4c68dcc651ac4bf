import { digestOf } from '../evidence/digest.ts';
import { objectKey, type ObjectRef } from '../desired-state/object-ref.ts';
import { DriftId, type DriftClass } from './drift-item.ts';

/** What makes a difference the same one tomorrow. */
export interface DriftIdentity {
  readonly environment: string;
  readonly target: string;
  readonly object: Omit<ObjectRef, 'version'>;
  readonly path: string;
  readonly class: DriftClass;
}

export function driftId({ environment, target, object, path, class: how }: DriftIdentity): DriftId {
  const digest = digestOf([environment, target, objectKey(object), path, how].map(wellFormed));
  return DriftId.parse(`d-${digest.slice('sha256:'.length, 'sha256:'.length + 32)}`);
}

/** JCS has no form for half a surrogate pair, but a map of somebody's may have it for a key. */
function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\ufffd');
}
