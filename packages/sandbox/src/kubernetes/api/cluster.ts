import type { ResourceRegistry } from '../resources/resource-registry.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { Ids } from './ids.ts';

export interface Clock {
  now(): Date;
}

/** What every operation of the API works on. */
export interface Cluster {
  readonly store: ObjectStore;
  readonly registry: ResourceRegistry;
  readonly clock: Clock;
  readonly ids: Ids;
}

export interface Target {
  readonly type: ResourceType;
  readonly namespace: string | undefined;
  readonly name: string;
}

export interface Writer {
  /** The field manager. */
  readonly manager: string;
  /** Everything is done but the storing. */
  readonly dryRun?: boolean;
}

/** To the second, as metadata and conditions carry it. */
export function timestamp(clock: Clock): string {
  return `${clock.now().toISOString().slice(0, 19)}Z`;
}
