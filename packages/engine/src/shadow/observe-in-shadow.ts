import {
  deliveryTargets,
  FairleadError,
  type DeliveryTarget,
  type DriftItem,
  type EnvironmentId,
  type EnvironmentStatus,
  type NewEvidence,
} from '@fairlead/domain';
import { targetName } from '../delivery/same-target.ts';
import type { DatedObservation } from '../ports/drift-store.ts';
import type { Lease } from '../ports/leases.ts';
import { environmentConfiguration, type EnvironmentConfiguration } from '../service/environment-configuration.ts';
import type { FoundTarget } from './found-target.ts';
import { lookInShadow, type ShadowLook } from './look-in-shadow.ts';
import { readBaseline, type ShadowBaseline } from './shadow-baseline.ts';
import { changeFact, liveFact, syncFact } from './shadow-evidence.ts';
import { shadowMove } from './shadow-move.ts';
import type { ShadowPorts } from './shadow-ports.ts';
import { shadowStatus } from './shadow-status.ts';

export interface InShadow {
  readonly environment: EnvironmentId;
  /** The right to write what is seen. */
  readonly lease: Lease;
}

/** `promoted`: the environment is kept by its promotion, and nobody needs to look in shadow. */
export type SeenInShadow = { readonly kind: 'promoted' } | { readonly kind: 'seen'; readonly faults: readonly FairleadError[] };

/** Looks at an environment that Fairlead never promoted to, and puts on record what is other than at the look before: what is delivered, as which release, how it is,
 *  what differs in the cluster, and what was synced past the protected branch. Writes nothing but its own records. */
export async function observeInShadow(ports: ShadowPorts, { environment, lease }: InShadow): Promise<SeenInShadow> {
  if (await isPromoted(ports, environment)) return { kind: 'promoted' };
  const configuration = await environmentConfiguration(ports, environment, 'lately');
  const known = await ports.store.read(async (reader) => ({
    status: await reader.environments.status(environment),
    observations: await reader.drift.observations(environment),
    items: await reader.drift.open(environment),
  }));
  const found: FoundTarget[] = [];
  const faults: FairleadError[] = [];
  for (const target of deliveryTargets(configuration.environment)) {
    const seen = await orFault(lookAt({ ports, configuration, environment, ...known }, target));
    if (seen instanceof FairleadError) faults.push(seen);
    else found.push(seen);
  }
  const at = ports.clock.now().toISOString();
  const status = shadowStatus(configuration, { found, faults, at, ...(known.status === 'absent' ? {} : { before: known.status }) });
  await write(ports, { environment, lease, found, status });
  return { kind: 'seen', faults };
}

async function isPromoted({ store }: ShadowPorts, environment: EnvironmentId): Promise<boolean> {
  return (await store.read((reader) => reader.promotions.intended(environment))) !== 'absent';
}

interface Looking {
  readonly ports: ShadowPorts;
  readonly configuration: EnvironmentConfiguration;
  readonly environment: EnvironmentId;
  readonly observations: readonly DatedObservation[];
  readonly items: readonly DriftItem[];
}

async function lookAt(context: Looking, target: DeliveryTarget): Promise<FoundTarget> {
  const { ports, configuration, environment, observations, items } = context;
  const before = await ports.store.read((reader) => readBaseline(reader, environment, targetName(target)));
  const look = await lookInShadow({ ports, configuration }, target, before.delivered);
  const seen = observations.find(({ observation }) => observation.target === targetName(target));
  const sync = syncFact(environment, look, seen);
  const live = seen === undefined ? undefined : liveFact(environment, look, { seen, items, policy: configuration.policy });
  const change = await changed(context, look, before);
  const signed = sync.state === before.sync?.state ? undefined : await ports.signer.sign(sync.evidence);
  const others = [change, live === undefined || live.state === before.live ? undefined : live.evidence].filter(
    (fact) => fact !== undefined,
  );
  const records = [...(signed === undefined ? [] : [signed]), ...(await Promise.all(others.map((fact) => ports.signer.sign(fact))))];
  return { look, records, record: signed?.digest ?? before.sync?.record };
}

/** Without a baseline nothing can be said of how it came there. */
async function changed(
  { ports, configuration, environment }: Looking,
  look: ShadowLook,
  before: ShadowBaseline,
): Promise<NewEvidence | undefined> {
  if (before.delivered === undefined || look.delivered === undefined) return undefined;
  return changeFact(environment, look, await shadowMove({ ports, configuration }, before.delivered, look.delivered));
}

async function orFault<T>(work: Promise<T>): Promise<T | FairleadError> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof FairleadError && error.kind !== 'invariant') return error;
    throw error;
  }
}

interface ToWrite extends InShadow {
  readonly found: readonly FoundTarget[];
  readonly status: EnvironmentStatus;
}

/** Nothing where a promotion was merged meanwhile: from then on the environment is its matter. */
async function write({ store }: ShadowPorts, { environment, lease, found, status }: ToWrite): Promise<void> {
  await store.transact(async (tx) => {
    await tx.write.leases.requireHeld(lease);
    if ((await tx.promotions.intended(environment)) !== 'absent') return;
    await tx.write.environments.save(status);
    for (const record of found.flatMap(({ records }) => records)) await tx.write.evidence.append(record);
  });
}
