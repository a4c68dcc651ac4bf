import type { AppliedRevisions } from '@fairlead/domain';
import { present } from './flux-state-of.ts';
import type { Kustomization } from './schema.ts';

/** What a Kustomization has applied and tried, in Flux's words. */
export function appliedRevisions({ status }: Pick<Kustomization, 'status'>): AppliedRevisions {
  return {
    ...present('lastApplied', status?.lastAppliedRevision),
    ...present('lastAttempted', status?.lastAttemptedRevision),
    ...present('lastAppliedOrigin', status?.lastAppliedOriginRevision),
  };
}
