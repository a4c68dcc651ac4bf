import type { DryApplied, JsonObject } from '@fairlead/domain';

/** What an API server would make of objects: defaults, conversion and admission included. Nothing is stored. */
export interface ClusterDryRun {
  /** Server-side apply as a dry run, a few at once; answers in the order of the objects. It takes the right to patch their kinds, which we don't have by default:
   *  without it, or where admission says no, the answer is `refused`. Precondition: no Secret is among them. */
  applyDry(cluster: string, objects: readonly JsonObject[]): Promise<readonly DryApplied[]>;
}
