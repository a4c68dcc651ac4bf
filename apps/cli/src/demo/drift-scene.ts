import type { Call } from '@fairlead/api';
import type { EnvironmentId } from '@fairlead/domain';
import type { ClusterHand } from '@fairlead/sandbox';
import type { CommandLine } from './command-line.ts';
import type { Expectations } from './expectations.ts';
import type { WorkloadRef } from './workload-ref.ts';

/** Where a hand goes, what it puts in, and who looks. */
export interface DriftScene {
  /** It is ready. */
  readonly environment: EnvironmentId;
  /** One that the environment declares and that runs. */
  readonly workload: WorkloadRef;
  /** What is put in: no container of the workload has this name. */
  readonly container: { readonly name: string; readonly image: string };
  /** What delivers the environment. */
  readonly application: { readonly namespace: string; readonly name: string };
  /** Has rights on the cluster, and asks nobody. */
  readonly hand: ClusterHand;
  /** Of somebody who may act on the environment's drift and close its tasks. */
  readonly call: Call;
  readonly fairlead: CommandLine;
  readonly expectations: Expectations;
  /** Throws where the user wants to stop. */
  readonly checkpoint: () => void;
}
