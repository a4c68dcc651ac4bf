import type { FreeMap } from '@fairlead/domain';

/** The right of this process to do what the name says, alone, until it expires by database time. */
export interface Lease {
  readonly name: string;
  /** Counts the times that it changed hands. */
  readonly epoch: number;
  /** What its holders wrote down for each other and for those who read of it. */
  readonly notes: FreeMap;
}

/** Who may do what only one process may do at a time. */
export interface Leases {
  /** Takes a lease that is free, has expired, or is ours already; `held` where another has it. What the last holder noted is kept. */
  take(name: string): Promise<Lease | 'held'>;
  /** Holds it for longer, with these notes; `lost` where another took it over. */
  renew(lease: Lease): Promise<Lease | 'lost'>;
  /** Lets another take it at once. */
  release(lease: Lease): Promise<void>;
}
