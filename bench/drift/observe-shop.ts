import { setImmediate } from 'node:timers/promises';
import type { JsonObject } from '@fairlead/domain';
import { DriftObservers, type Clock, type Cluster, type Store } from '@fairlead/engine';
import type { BenchDatabase } from './bench-database.ts';
import { deliveredShop, shop } from './delivered-shop.ts';

export interface ShopToObserve {
  readonly database: BenchDatabase;
  readonly store: Store;
  readonly clock: Clock;
  readonly cluster: Cluster;
  readonly desired: readonly JsonObject[];
  /** It asked controller, Git and renderer. */
  readonly looked?: () => void;
}

/** Observers as a server has them; a fault ends the bench. */
export async function observeShop({ database, store, clock, cluster, desired, looked }: ShopToObserve): Promise<DriftObservers> {
  const ports = await deliveredShop({ desired, folder: database.folder, clock, ...(looked === undefined ? {} : { looked }) });
  const observers = new DriftObservers(
    { ...ports, store, leases: database.leases, cluster },
    {
      observer: 'bench',
      breathe: () => setImmediate(),
      onFault: (error) => {
        throw error;
      },
    },
  );
  observers.setTargets([shop]);
  return observers;
}
