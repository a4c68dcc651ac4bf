import type { EnginePorts } from '../engine-ports.ts';

/** What a look in shadow reaches the world by: nothing of it writes to a cluster or to Git. */
export type ShadowPorts = Pick<EnginePorts, 'store' | 'leases' | 'signer' | 'clock' | 'renderer' | 'delivery' | 'cluster' | 'repositories'>;
