import {
  CommitSha,
  deliveryTargets,
  objectName,
  operationInfo,
  removalPatch,
  type DriftAction,
  type DriftItem,
  type Promotion,
  type SyncAttempt,
  type SyncOutcome,
} from '@fairlead/domain';
import { containments } from '../../delivery/judge-target.ts';
import { targetName } from '../../delivery/same-target.ts';
import { environmentEvidence } from '../../drift/environment-evidence.ts';
import { actionBody } from '../../drift/request-reconcile.ts';
import { environmentPath } from '../../service/environment-path.ts';
import { performEffect, type Settled } from '../perform-effect.ts';
import type { PromotionContext } from '../promotion-context.ts';
import type { Stepped } from '../stepped.ts';

const lookAgainMs = 2_000;
/** After its operation an object should be seen to be right within this. */
const patienceMs = 120_000;
/** So long it tries to be heard by a controller that is busy. */
const givesUpMs = 600_000;

/** What came of it, and the promotion as it is stored then: an operation of its own is among its attempts. */
export interface Reconciled extends Stepped {
  readonly promotion: Promotion;
}

/** Carries on what people decided to take back to Git: asks the controller once, then waits until the differences are seen to be gone. */
export async function reconcileDrift(context: PromotionContext): Promise<Reconciled> {
  const { ports, promotion } = context;
  const open = await ports.store.read((reader) => reader.drift.openActions(promotion.environment));
  const action = open.find(({ kind }) => kind === 'reconcile');
  if (action === undefined) return { claim: context.claim, promotion };
  const stepped = action.status === 'requested' ? await ask(context, action) : await verify(context, action);
  const stored = await ports.store.read((reader) => reader.promotions.get(promotion.id));
  const soon = new Date(ports.clock.now().getTime() + lookAgainMs);
  return { until: soon, ...stepped, promotion: stored === 'absent' ? promotion : stored };
}

async function ask(context: PromotionContext, action: DriftAction): Promise<Stepped> {
  const { ports, promotion, configuration } = context;
  const target = deliveryTargets(configuration.environment).find((one) => targetName(one) === action.target);
  const { operation } = action;
  const revision = promotion.mergeCommit;
  if (target === undefined || operation === undefined || revision === undefined) {
    return end(context, { action, status: 'failed', detail: 'its target is gone' });
  }
  const attempt: SyncAttempt = { target, operation, revision, requestedAt: action.requestedAt };
  const delivery = ports.delivery[target.controller];
  const standing = await containments(context, await delivery.observe(target), revision);
  return performEffect(context, {
    step: 'request-sync',
    key: operation,
    intent: { target: action.target, reconciles: action.id },
    async act() {
      if (action.how === 'remove') {
        const kept = await takeAway(context, action);
        if (kept !== undefined) return notDone(context, action, kept);
      }
      const outcome = await delivery.requestSync(target, {
        operation,
        revision,
        path: environmentPath(configuration),
        equals: Object.entries(standing).flatMap(([sha, stands]) => (stands === 'contains' ? [CommitSha.parse(sha)] : [])),
        ...(delivery.capabilities.partialSync ? { only: [action.object], replace: action.how === 'replace' } : {}),
        prune: action.how === 'prune',
        mayPrune: action.how === 'prune' ? [action.object] : [],
        actor: action.requestedBy.id,
        info: { [operationInfo.promotion]: promotion.id, [operationInfo.release]: promotion.release.digest },
      });
      return settledBy(context, { action, attempt, outcome });
    },
  });
}

interface Asked {
  readonly action: DriftAction;
  readonly attempt: SyncAttempt;
  readonly outcome: SyncOutcome;
}

/** Until the controller takes it, the operation isn't among the promotion's: what was delivered is judged by the one before. */
function settledBy({ ports, promotion }: PromotionContext, { action, attempt, outcome }: Asked): Settled {
  const now = ports.clock.now();
  if (outcome.kind === 'accepted' || outcome.kind === 'already-there') {
    const running: DriftAction = { ...action, status: 'running' };
    return {
      promotion: withAttempt(promotion, { ...attempt, asked: outcome.asked }),
      detail: outcome.kind,
      record: { type: 'drift-action', body: actionBody(running) },
      also: (tx) => tx.write.drift.act(running),
    };
  }
  return notDone({ ports, promotion }, action, {
    detail: whyNot(outcome),
    ends: now.getTime() - Date.parse(action.requestedAt) > givesUpMs,
  });
}

interface NotDone {
  readonly detail: string;
  /** Trying again would not help. */
  readonly ends: boolean;
}

function notDone(
  { ports, promotion }: Pick<PromotionContext, 'ports' | 'promotion'>,
  action: DriftAction,
  { detail, ends }: NotDone,
): Settled {
  const later: DriftAction = { ...action, detail, ...(ends ? { status: 'failed', endedAt: ports.clock.now().toISOString() } : {}) };
  const record = ends ? { record: { type: 'drift-action' as const, body: actionBody(later) } } : {};
  return { promotion, detail, how: 'failed', ...record, also: (tx) => tx.write.drift.act(later) };
}

/** Takes away what nobody declared, of the object as it is now; nothing where it is gone already. Says why where that can't be. */
async function takeAway({ ports }: PromotionContext, action: DriftAction): Promise<NotDone | undefined> {
  const { environment, target, object } = action;
  const { cluster, items } = await ports.store.read(async (reader) => ({
    cluster: (await reader.drift.observations(environment)).find(({ observation }) => observation.target === target)?.observation.cluster,
    items: (await reader.drift.open(environment, target)).filter(isOf(action)),
  }));
  if (cluster === undefined) return { detail: `nobody observes ${target}`, ends: true };
  const live = await ports.repair.readObject(cluster, object);
  const patch = live === 'absent' ? [] : removalPatch(live, items);
  const outcome = patch.length === 0 ? 'patched' : await ports.repair.patchObject(cluster, object, patch);
  switch (outcome) {
    case 'patched':
    case 'absent':
      return undefined;
    case 'changed':
      return { detail: 'somebody wrote to the object meanwhile; it is tried again', ends: false };
    case 'forbidden':
      return { detail: `Fairlead may not patch ${objectName(object)}: grant patch on its kind, or take it away by hand`, ends: true };
  }
}

function whyNot(outcome: Exclude<SyncOutcome, { kind: 'accepted' | 'already-there' }>): string {
  switch (outcome.kind) {
    case 'busy':
    case 'suspended':
      return outcome.message;
    case 'absent':
      return 'the target does not exist';
    case 'prune-not-planned':
      return `the controller would delete more: ${outcome.objects.map(objectName).join(', ')}`;
  }
}

/** Looks again: what counts is that nobody sees the difference any more, not what the controller says of its operation. */
async function verify(context: PromotionContext, action: DriftAction): Promise<Stepped> {
  const { ports } = context;
  const left = await ports.store.read(async (reader) => (await reader.drift.open(action.environment, action.target)).filter(isOf(action)));
  if (left.length === 0) return end(context, { action, status: 'done', detail: 'seen to be as Git says' });
  const waitedMs = ports.clock.now().getTime() - Date.parse(action.requestedAt);
  if (waitedMs <= patienceMs) return { claim: context.claim };
  const detail = `still there after the controller's operation: ${left.map(textOf).join('; ')}; ${remedy}`;
  return end(context, { action, status: 'failed', detail });
}

const remedy = 'take it away by the manager that wrote it, adopt it, or except it';

function isOf({ drift }: DriftAction): (item: DriftItem) => boolean {
  return ({ id }) => drift.includes(id);
}

function textOf({ object, path, by }: DriftItem): string {
  return `${objectName(object)}${path}${by.manager === undefined ? '' : ` of ${by.manager}`}`;
}

interface Ended {
  readonly action: DriftAction;
  readonly status: 'done' | 'failed';
  readonly detail: string;
}

async function end({ ports, promotion, claim }: PromotionContext, { action, status, detail }: Ended): Promise<Stepped> {
  const at = ports.clock.now().toISOString();
  const ended: DriftAction = { ...action, status, detail, endedAt: at };
  const record = await ports.signer.sign(environmentEvidence(action.environment, 'drift-action', { at, body: actionBody(ended) }));
  const held = await ports.store.transact(async (tx) => {
    await tx.write.drift.act(ended);
    await tx.write.evidence.append(record);
    return tx.write.promotions.save(promotion, claim);
  });
  return { claim: held };
}

function withAttempt(promotion: Promotion, attempt: SyncAttempt): Promotion {
  return { ...promotion, syncs: [...promotion.syncs.filter(({ operation }) => operation !== attempt.operation), attempt] };
}
