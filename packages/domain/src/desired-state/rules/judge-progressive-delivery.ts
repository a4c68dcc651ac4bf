import type { JsonObject } from '../../document/json.ts';
import { objectName } from '../object-ref.ts';
import { objectRefOf } from '../object-ref-of.ts';
import type { ObjectFault } from './object-fault.ts';

const kinds = ['argoproj.io/Rollout', 'flagger.app/Canary'];

/** Kinds by which another controller decides how much of a release runs: then synced does not mean delivered. */
export function judgeProgressiveDelivery(objects: readonly JsonObject[]): readonly ObjectFault[] {
  return objects.flatMap((object): readonly ObjectFault[] => {
    const ref = objectRefOf(object);
    if (!kinds.includes(`${ref.group}/${ref.kind}`)) return [];
    const message = `${objectName(ref)} is delivered by a controller of its own, step by step: a release could not be told from a part of it`;
    return [
      { rule: 'od-005', object: ref, path: ['kind'], message, fix: 'use a Deployment: progressive delivery is deferred (decision od-005)' },
    ];
  });
}
