import type { EnginePorts } from '../engine-ports.ts';

/** What an observer reaches the world by. */
export type DriftPorts = Pick<
  EnginePorts,
  'store' | 'leases' | 'signer' | 'ids' | 'clock' | 'renderer' | 'delivery' | 'cluster' | 'repositories' | 'hashSecret'
>;
