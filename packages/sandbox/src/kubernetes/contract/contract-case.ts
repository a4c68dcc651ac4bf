import type { ContractWorld } from './contract-world.ts';

/** One promise of a Kubernetes API server. `run` throws when it is broken. */
export interface ContractCase {
  readonly behaviour: string;
  readonly run: (world: ContractWorld) => Promise<void>;
}
