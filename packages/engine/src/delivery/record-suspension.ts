import type { Actor, DeliveryTarget, EnvironmentId } from '@fairlead/domain';
import { environmentEvidence } from '../drift/environment-evidence.ts';
import type { EnginePorts } from '../engine-ports.ts';
import { targetName } from './same-target.ts';

interface SuspensionAct {
  readonly action: 'suspend' | 'resume';
  readonly environment: EnvironmentId;
  readonly target: DeliveryTarget;
  readonly reason: string;
  /** Of a suspension, RFC 3339. */
  readonly until?: string;
}

/** Puts one act on record; gives its time. */
export async function recordSuspension(
  { store, signer, clock }: Pick<EnginePorts, 'store' | 'signer' | 'clock'>,
  { action, environment, target, reason, until }: SuspensionAct,
  actor: Actor,
): Promise<string> {
  const at = clock.now().toISOString();
  const { controller, cluster, namespace, name } = target;
  const act = { action, target: targetName(target), controller, cluster, namespace, name, reason };
  const body = { ...act, ...(until === undefined ? {} : { until }) };
  const record = await signer.sign(environmentEvidence(environment, 'suspension', { at, actor, body }));
  await store.transact((tx) => tx.write.evidence.append(record));
  return at;
}
