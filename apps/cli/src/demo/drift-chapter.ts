import type { Call } from '@fairlead/api';
import type { EnvironmentId } from '@fairlead/domain';
import type { ClusterHand } from '@fairlead/sandbox';
import type { CommandLine } from './command-line.ts';
import type { Expectations } from './expectations.ts';
import type { Stage } from './stage.ts';

/** Where the hand goes, what it puts in, and who looks. */
export interface DriftScene {
  readonly environment: EnvironmentId;
  /** A Deployment that the environment declares and that runs. */
  readonly deployment: { readonly namespace: string; readonly name: string };
  /** What is put in: no container of the Deployment has this name. */
  readonly container: { readonly name: string; readonly image: string };
  /** The Application that delivers the environment. */
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

/** A container is put in by hand: the controller sees nothing, Fairlead names it, takes readiness away, and takes the container away when it is told to. */
export async function driftChapter(stage: Stage, scene: DriftScene): Promise<void> {
  stage.chapter(`Somebody puts a container into ${scene.deployment.name} of ${scene.environment}, by hand`);
  await Promise.resolve();
}
