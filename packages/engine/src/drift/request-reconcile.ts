import {
  ConflictError,
  deliveryTargets,
  InvalidError,
  managedObjects,
  objectKey,
  objectRefOf,
  planReconcile,
  type Actor,
  type CommitSha,
  type DriftAction,
  type DriftId,
  type EnvironmentId,
  type JsonObject,
  type ObjectRef,
  type Promotion,
  type ReconcileHow,
} from '@fairlead/domain';
import { targetName } from '../delivery/same-target.ts';
import type { EnginePorts } from '../engine-ports.ts';
import { environmentConfiguration, type EnvironmentConfiguration } from '../service/environment-configuration.ts';
import { environmentPath } from '../service/environment-path.ts';
import { environmentEvidence } from './environment-evidence.ts';
import { openDrift, type OpenDrift } from './open-drift.ts';
import { requireReason } from './require-reason.ts';

export interface ReconcileRequest {
  readonly drift: DriftId;
  readonly reason: string;
  readonly dryRun: boolean;
}

export type ReconcileRequested =
  | { readonly kind: 'planned'; readonly how: ReconcileHow; readonly drift: readonly DriftId[] }
  | { readonly kind: 'requested'; readonly action: DriftAction }
  | { readonly kind: 'refused'; readonly message: string; readonly fix: string };

/** Decides to take an object back to what Git says, and leaves it to who keeps the environment: the controller does it, by an operation of its own. */
export async function requestReconcile(ports: EnginePorts, request: ReconcileRequest, actor: Actor): Promise<ReconcileRequested> {
  requireReason(request.reason);
  const drift = await openDrift(ports, request.drift);
  const { environment, item, ofObject } = drift;
  const promotion = await keptBy(ports, environment);
  const configuration = await environmentConfiguration(ports, environment);
  const plan = await planOf(ports, configuration, { drift, promotion });
  if (plan.kind === 'refused') return plan;
  const ids = ofObject.map(({ id }) => id);
  if (request.dryRun) return { kind: 'planned', how: plan.how, drift: ids };

  const { uid: _uid, ...object } = item.object;
  const at = ports.clock.now().toISOString();
  const action: DriftAction = {
    id: ports.ids.driftAction(),
    environment,
    target: item.target,
    kind: 'reconcile',
    object,
    how: plan.how,
    drift: ids,
    reason: request.reason,
    requestedBy: actor,
    requestedAt: at,
    status: 'requested',
    operation: ports.ids.operation(),
  };
  const record = await ports.signer.sign(environmentEvidence(environment, 'drift-action', { at, actor, body: actionBody(action) }));
  await ports.store.transact(async (tx) => {
    const open = (await tx.drift.openActions(environment)).find((other) => objectKey(other.object) === objectKey(object));
    if (open !== undefined)
      throw new ConflictError('drift-action-open', `${open.id} is already at work on it`, { hint: 'wait for it: fairlead drift get' });
    await tx.write.drift.act(action);
    await tx.write.evidence.append(record);
    await tx.write.wakes.promotion(promotion.id);
  });
  return { kind: 'requested', action };
}

/** What the record says of an action: at the request, and when it ends. */
export function actionBody({ id, target, kind, object, how, drift, reason, status, operation, change, detail }: DriftAction): JsonObject {
  return {
    action: id,
    kind,
    stage: status,
    target,
    object: { ...object },
    ...(how === undefined ? {} : { how }),
    drift: [...drift],
    reason,
    ...(operation === undefined ? {} : { operation }),
    ...(change === undefined ? {} : { change: { ...change } }),
    ...(detail === undefined ? {} : { detail }),
  };
}

async function keptBy({ store }: EnginePorts, environment: EnvironmentId): Promise<Promotion> {
  const intended = await store.read((reader) => reader.promotions.intended(environment));
  if (intended !== 'absent' && intended.status === 'ready') return intended;
  const why = intended === 'absent' ? 'nothing was promoted to it through Fairlead' : `promotion ${intended.id} is ${intended.status}`;
  throw new ConflictError('environment-not-kept', `${environment} can't be reconciled: ${why}`, {
    hint: 'promote a release, or wait for the promotion that is under way: its sync takes changed fields back',
  });
}

interface Subject {
  readonly drift: OpenDrift;
  readonly promotion: Promotion;
}

async function planOf(
  ports: EnginePorts,
  configuration: EnvironmentConfiguration,
  { drift, promotion }: Subject,
): Promise<ReturnType<typeof planReconcile>> {
  const { item, ofObject } = drift;
  const target = deliveryTargets(configuration.environment).find((one) => targetName(one) === item.target);
  if (target === undefined) throw new InvalidError('target-unknown', `${item.target} is no target of the environment any more`);
  const seen = await ports.delivery[target.controller].observe(target);
  if (seen.kind === 'absent') throw new ConflictError('target-absent', `${item.target} does not exist`);
  const desired = await desiredOf(ports, configuration, { object: item.object, commit: promotion.mergeCommit ?? promotion.base });
  const managed = managedObjects(seen).some((ref) => objectKey(ref) === objectKey(item.object));
  const partial = ports.delivery[target.controller].capabilities.partialSync;
  return planReconcile({ object: item.object, items: ofObject, ...(desired === undefined ? {} : { desired }), managed, partial });
}

/** As the environment's files have it at the commit; what they don't say of its namespace, the controller does. */
export async function desiredOf(
  { renderer }: Pick<EnginePorts, 'renderer'>,
  configuration: EnvironmentConfiguration,
  { object, commit }: { readonly object: ObjectRef; readonly commit: CommitSha },
): Promise<JsonObject | undefined> {
  const rendered = await renderer.render(environmentPath(configuration), await configuration.repository.git.snapshot(commit));
  if (rendered.kind === 'failed') throw new ConflictError('not-renderable', `commit ${commit} does not render: ${rendered.message}`);
  return rendered.objects.find((candidate) => {
    const { namespace = object.namespace, ...ref } = objectRefOf(candidate);
    return objectKey({ ...ref, ...(namespace === undefined ? {} : { namespace }) }) === objectKey(object);
  });
}
