import type { JsonObject, JsonPatchOperation, ObjectRef } from '@fairlead/domain';

/** `changed`: a test of the patch failed, since somebody wrote meanwhile. `forbidden`: we have no right to; that is the default. */
export type RepairOutcome = 'patched' | 'changed' | 'absent' | 'forbidden';

/** The one way in which live objects are written by ourselves: to take back what a person decided to take back, and no controller would. */
export interface ClusterRepair {
  /** Now, from no cache. */
  readObject(cluster: string, ref: ObjectRef): Promise<JsonObject | 'absent'>;
  /** Precondition: the act is on record with its reason, and the patch tests the object's version. */
  patchObject(cluster: string, ref: ObjectRef, patch: readonly JsonPatchOperation[]): Promise<RepairOutcome>;
}
