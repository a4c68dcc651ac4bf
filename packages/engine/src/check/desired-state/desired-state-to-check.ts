import type { JsonObject, ReleaseManifest } from '@fairlead/domain';

export interface DesiredStateToCheck {
  readonly objects: readonly JsonObject[];
  /** That the environment refers to, where it is known. */
  readonly release?: ReleaseManifest;
}
