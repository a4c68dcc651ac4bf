import {
  CommitSha,
  comparedCommits,
  ConflictError,
  controllerKind,
  InvariantError,
  operationInfo,
  type Containment,
  type DeliveryObservation,
  type DeliveryTarget,
  type Promotion,
  type SyncAttempt,
  type SyncOutcome,
} from '@fairlead/domain';
import { containments } from '../../delivery/judge-target.ts';
import { replacedOperation } from '../../delivery/replaced-operation.ts';
import { sameTarget, targetName } from '../../delivery/same-target.ts';
import { environmentPath } from '../../service/environment-path.ts';
import { performEffect, type Settled } from '../perform-effect.ts';
import { planOf } from '../plan-of.ts';
import type { PromotionContext } from '../promotion-context.ts';
import type { Stepped } from '../stepped.ts';

/** Asks one target for one operation on exactly the merge commit. The operation's id is fixed with the intent, so a second attempt finds the first. */
export async function requestSync(context: PromotionContext, target: DeliveryTarget): Promise<Stepped> {
  const { ports, promotion, configuration } = context;
  const attempt = plannedAttempt(context, target);
  const intended = withAttempt(promotion, attempt);
  const seen = await ports.delivery[target.controller].observe(target);
  const standing = await containments(context, seen, attempt.revision);
  return performEffect(context, {
    step: 'request-sync',
    key: attempt.operation,
    intended,
    // Writing an operation may take the controller's account of the last one away.
    intent: { target: targetName(target), replaces: replacedOperation(seen) },
    act: async () => {
      const { removes } = await planOf(ports.store, promotion.id);
      if (removes.length > 0) await requireComparison(context, { target, seen, standing });
      const outcome = await ports.delivery[target.controller].requestSync(target, {
        operation: attempt.operation,
        revision: attempt.revision,
        path: environmentPath(configuration),
        equals: Object.entries(standing).flatMap(([sha, stands]) => (stands === 'contains' ? [CommitSha.parse(sha)] : [])),
        prune: removes.length > 0,
        mayPrune: removes,
        actor: promotion.requestedBy.id,
        info: {
          [operationInfo.promotion]: promotion.id,
          [operationInfo.release]: promotion.release.digest,
          [operationInfo.approvers]: (promotion.approved?.by ?? []).join(' '),
        },
      });
      return settledBy(intended, attempt, outcome);
    },
  });
}

interface Compared {
  readonly target: DeliveryTarget;
  readonly seen: DeliveryObservation;
  readonly standing: Readonly<Record<string, Containment>>;
}

/** What the controller would delete is what it found when it last compared: that has to have been with the merge commit, or the plan's list says nothing. */
async function requireComparison(
  { ports, promotion, configuration }: PromotionContext,
  { target, seen, standing }: Compared,
): Promise<void> {
  const { mergeCommit } = promotion;
  if (seen.kind === 'absent' || mergeCommit === undefined) return;
  // Flux prunes by what it applied last, whoever asks.
  if (seen.controller === 'flux') return;
  const compared = comparedCommits(seen, environmentPath(configuration));
  if (compared.length > 0 && compared.every((commit) => commit === mergeCommit || standing[commit] === 'contains')) return;
  if (seen.refreshPending !== true) await ports.delivery[target.controller].requestRefresh(target);
  throw new ConflictError('not-compared-yet', `${targetName(target)} has not compared with ${mergeCommit} yet`, {
    hint: 'wait: it was asked to look again',
  });
}

function plannedAttempt({ promotion, ports }: PromotionContext, target: DeliveryTarget): SyncAttempt {
  if (promotion.mergeCommit === undefined)
    throw new InvariantError('merge-unknown', `promotion ${promotion.id} syncs without a merge commit`);
  const begun = promotion.syncs.findLast((sync) => sameTarget(sync.target, target) && sync.asked === undefined);
  const requestedAt = ports.clock.now().toISOString();
  return begun ?? { target, operation: ports.ids.operation(), revision: promotion.mergeCommit, requestedAt };
}

function withAttempt(promotion: Promotion, attempt: SyncAttempt): Promotion {
  return { ...promotion, syncs: [...promotion.syncs.filter(({ operation }) => operation !== attempt.operation), attempt] };
}

function settledBy(promotion: Promotion, attempt: SyncAttempt, outcome: SyncOutcome): Settled {
  const where = targetName(attempt.target);
  switch (outcome.kind) {
    case 'accepted':
    case 'already-there':
      return {
        promotion: withAttempt({ ...promotion, blockers: [] }, { ...attempt, asked: outcome.asked }),
        detail: outcome.kind,
        record: {
          type: 'promotion-step',
          body: { step: 'request-sync', target: where, operation: attempt.operation, revision: attempt.revision },
        },
      };
    case 'busy':
      throw new ConflictError('controller-busy', `${where}: ${outcome.message}`, {
        hint: outcome.fix ?? 'wait for the running operation, or terminate it',
      });
    case 'suspended':
      throw new ConflictError('target-suspended', `${where}: ${outcome.message}`, {
        hint: 'resume it: nothing is applied until then',
      });
    case 'absent': {
      const kind = controllerKind[attempt.target.controller];
      throw new ConflictError(`${kind.toLowerCase()}-absent`, `${where} does not exist`, {
        hint: `create the ${kind}, or correct the target in the environment`,
      });
    }
    case 'prune-not-planned':
      throw new ConflictError(
        'prune-not-planned',
        `${where} would delete ${outcome.objects.map(({ kind, name }) => `${kind}/${name}`).join(', ')}, which the plan does not`,
        {
          hint: 'delete them by a reviewed change, or exclude them from pruning',
        },
      );
  }
}
