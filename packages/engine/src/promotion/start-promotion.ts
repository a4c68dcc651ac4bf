import {
  ConflictError,
  digestOf,
  hasEnded,
  planDigest,
  promotionBranch,
  type Actor,
  type Blocker,
  type CommitSha,
  type EnvironmentId,
  type Plan,
  type Promotion,
  type SignedRecord,
} from '@fairlead/domain';
import { pruneBlockers } from '../delivery/prune-blockers.ts';
import { unprovenTargets } from '../delivery/unproven-targets.ts';
import type { EnginePorts } from '../engine-ports.ts';
import { olderOnes, replaceOlder } from './replace-older.ts';
import { releaseNamed } from '../release/release-named.ts';
import { environmentConfiguration } from '../service/environment-configuration.ts';
import { blockersToStart } from './blockers-to-start.ts';
import { makePlan } from './make-plan.ts';
import { promotionEvidence } from './promotion-evidence.ts';

export interface StartRequest {
  readonly environment: EnvironmentId;
  /** A digest, or a version of the service. */
  readonly release: string;
  readonly dryRun: boolean;
}

export type Started =
  | { readonly kind: 'started' | 'exists'; readonly promotion: Promotion }
  | { readonly kind: 'planned'; readonly plan: Plan }
  | { readonly kind: 'nothing-to-do'; readonly message: string }
  | { readonly kind: 'blocked'; readonly blockers: readonly Blocker[] };

/** Plans a promotion and, unless it is a dry run, stores it. Touches nothing outside: the first effect is `advancePromotion`'s. */
export async function startPromotion(ports: EnginePorts, request: StartRequest, actor: Actor): Promise<Started> {
  const configuration = await environmentConfiguration(ports, request.environment);
  const release = await releaseNamed(ports.store, configuration.service.metadata.name, request.release);
  const now = ports.clock.now();

  const gates = await blockersToStart(ports, { configuration, release }, now);
  if (gates.length > 0) return { kind: 'blocked', blockers: gates };
  const unproven = await unprovenTargets(ports, configuration);
  const planned = await makePlan(ports, { configuration, release, unproven, ...(await lastGiven(ports, request.environment)) }, now);
  if (planned.kind === 'blocked') return planned;
  const { plan, objects } = planned;
  if (plan.edits.length === 0) return withoutEdits(ports, plan, now);
  const open = request.dryRun ? undefined : await openWith(ports, plan);
  if (open !== undefined) return { kind: 'exists', promotion: open };
  const pruned = await pruneBlockers(ports, { configuration, next: { objects, removes: plan.removes } }, now);
  if (pruned.length > 0) return { kind: 'blocked', blockers: pruned };
  if (request.dryRun) return { kind: 'planned', plan };

  return store(ports, newPromotion(ports, plan, actor), plan);
}

/** The files say it already: it is ready, on its way, or was given up before it arrived. */
async function withoutEdits({ store }: EnginePorts, plan: Plan, now: Date): Promise<Started> {
  const last = await store.read((reader) => reader.promotions.intended(plan.environment));
  const { version } = plan.release;
  if (last !== 'absent' && last.release.digest === plan.release.digest) {
    if (last.status === 'ready') return { kind: 'nothing-to-do', message: `${plan.environment} has release ${version} already` };
    if (!hasEnded(last.status)) return { kind: 'exists', promotion: last };
  }
  const reason = last === 'absent' ? 'nobody promoted it through Fairlead' : `promotion ${last.id} ended as ${last.status}`;
  const blocker: Blocker = {
    gate: 'plan',
    code: 'not-delivered',
    message: `the files of ${plan.environment} name release ${version} already, but it is not known to have arrived: ${reason}`,
    since: now.toISOString(),
    expected: 'a change to review, merge and deliver',
    observed: 'no change',
    who: ['promoter', 'operator'],
    fix: `promote another release, or revert the change on the protected branch and promote ${version} again`,
  };
  return { kind: 'blocked', blockers: [blocker] };
}

async function lastGiven(
  { store }: EnginePorts,
  environment: EnvironmentId,
): Promise<{ readonly environment: EnvironmentId; readonly given?: CommitSha }> {
  // Of one that failed nobody knows how much arrived: what it should have deleted may still be there, and has to be in the next plan.
  const ready = await store.read((reader) => reader.promotions.list({ environment, status: 'ready' }, { limit: 1 }));
  const given = ready.items[0]?.mergeCommit;
  return given === undefined ? { environment } : { environment, given };
}

/** An equal promotion that hasn't ended, if there is one. */
async function openWith({ store }: EnginePorts, plan: Plan): Promise<Promotion | undefined> {
  const digest = planDigest(plan);
  const open = await store.read((reader) => reader.promotions.open(plan.environment));
  return open.find((promotion) => promotion.plan === digest);
}

function newPromotion({ ids }: EnginePorts, plan: Plan, actor: Actor): Promotion {
  const id = ids.promotion();
  return {
    id,
    kind: 'release',
    service: plan.service,
    environment: plan.environment,
    release: plan.release,
    status: 'planned',
    requestedBy: actor,
    requestedAt: plan.at,
    plan: planDigest(plan),
    base: plan.base,
    content: {
      edits: digestOf(plan.edits),
      before: plan.before === 'absent' ? 'absent' : plan.before.digest,
      after: plan.after.digest,
      policy: plan.policy,
    },
    branch: promotionBranch(plan, id),
    syncs: [],
    blockers: [],
    failures: 0,
  };
}

async function store(ports: EnginePorts, promotion: Promotion, plan: Plan): Promise<Started> {
  const at = ports.clock.now();
  const { requestedBy: actor } = promotion;
  const records = await Promise.all([
    ports.signer.sign(
      promotionEvidence(promotion, 'promotion-plan', {
        at,
        actor,
        body: { plan: promotion.plan, base: plan.base, inputs: plan.inputs, risk: plan.risk.level },
      }),
    ),
    ports.signer.sign(
      promotionEvidence(promotion, 'desired-state', {
        at,
        body: { stage: 'planned', approved: plan.after.digest, rendered: plan.after.digest, objects: plan.after.objects },
      }),
    ),
  ]);
  const stored = await insertOnce(ports, { promotion, plan, records });
  if (stored === 'inserted') return { kind: 'started', promotion };
  const equal = stored === 'exists' ? await openWith(ports, plan) : undefined;
  // Somebody else started or ended one at the same moment: look again.
  return equal === undefined ? store(ports, promotion, plan) : { kind: 'exists', promotion: equal };
}

interface ToInsert {
  readonly promotion: Promotion;
  readonly plan: Plan;
  readonly records: readonly SignedRecord[];
}

/** Inserts it and ends the older ones that were open, all or nothing. `raced`: another one was started since we looked. */
async function insertOnce(ports: EnginePorts, { promotion, plan, records }: ToInsert): Promise<'inserted' | 'exists' | 'raced'> {
  const replaced = await olderOnes(ports, promotion, ports.clock.now());
  const known = new Set(replaced.map(({ older }) => older.id));
  try {
    return await ports.store.transact(async (tx) => {
      if ((await tx.write.promotions.insert(promotion, plan)) === 'exists') return 'exists';
      const others = (await tx.promotions.open(plan.environment)).filter(({ id }) => id !== promotion.id);
      if (others.some(({ id }) => !known.has(id)))
        throw new ConflictError('start-raced', `another promotion of ${plan.environment} was started`);
      for (const record of records) await tx.write.evidence.append(record);
      for (const each of replaced) await replaceOlder(tx, each);
      await tx.write.wakes.promotion(promotion.id);
      return 'inserted';
    });
  } catch (error) {
    if (error instanceof ConflictError && ['start-raced', 'records-changed'].includes(error.code)) return 'raced';
    throw error;
  }
}
