import {
  digestOf,
  planDigest,
  promotionBranch,
  type Actor,
  type Blocker,
  type CommitSha,
  type EnvironmentId,
  type Plan,
  type Promotion,
} from '@fairlead/domain';
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
  const planned = await makePlan(ports, { configuration, release, ...(await lastGiven(ports, request.environment)) }, now);
  if (planned.kind === 'blocked') return planned;
  const { plan } = planned;
  if (plan.edits.length === 0) {
    return { kind: 'nothing-to-do', message: `${request.environment} has release ${release.manifest.metadata.version} already` };
  }
  if (request.dryRun) return { kind: 'planned', plan };

  const open = await openWith(ports, plan);
  if (open !== undefined) return { kind: 'exists', promotion: open };
  return store(ports, newPromotion(ports, plan, actor), plan);
}

async function lastGiven(
  { store }: EnginePorts,
  environment: EnvironmentId,
): Promise<{ readonly environment: EnvironmentId; readonly given?: CommitSha }> {
  const intended = await store.read((reader) => reader.promotions.intended(environment));
  if (intended === 'absent' || intended.mergeCommit === undefined) return { environment };
  return { environment, given: intended.mergeCommit };
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
  const replaced = await olderOnes(ports, promotion, at);
  const inserted = await ports.store.transact(async (tx) => {
    if ((await tx.write.promotions.insert(promotion, plan)) === 'exists') return 'exists';
    for (const record of records) await tx.write.evidence.append(record);
    for (const { older, record } of replaced) await replaceOlder(tx, older, record);
    await tx.write.wakes.promotion(promotion.id);
    return 'inserted';
  });
  if (inserted === 'inserted') return { kind: 'started', promotion };
  const equal = await openWith(ports, plan);
  return equal === undefined ? { kind: 'started', promotion } : { kind: 'exists', promotion: equal };
}
