import { hasEnded, NotFoundError, type Blocker, type JournalEntry, type Promotion, type PromotionId } from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';

export interface Explained {
  readonly status: string;
  readonly summary: string;
  readonly blockers: readonly Blocker[];
  readonly steps: readonly { readonly at: string; readonly what: string }[];
}

/** Why a promotion is where it is: what it waits for, and what has happened so far. */
export async function explainPromotion({ store }: Pick<EnginePorts, 'store'>, id: PromotionId): Promise<Explained> {
  const { promotion, journal } = await store.read(async (reader) => ({
    promotion: await reader.promotions.get(id),
    journal: await reader.promotions.journal(id),
  }));
  if (promotion === 'absent') throw new NotFoundError('promotion-unknown', `no promotion ${id}`, { hint: 'fairlead promotion list' });
  return { status: promotion.status, summary: summaryOf(promotion), blockers: promotion.blockers, steps: stepsOf(promotion, journal) };
}

function summaryOf({ status, release, environment, ended, blockers }: Promotion): string {
  const what = `release ${release.version} in ${environment}`;
  if (hasEnded(status)) return `${what} ended as ${status}${ended === undefined || ended.reason === status ? '' : `: ${ended.reason}`}`;
  if (blockers.length === 0) return `${what} is ${status}; Fairlead is at work`;
  return `${what} is ${status} and waits for ${blockers.map(({ gate }) => gate).join(', ')}`;
}

function stepsOf(promotion: Promotion, journal: readonly JournalEntry[]): Explained['steps'] {
  return [
    { at: promotion.requestedAt, what: `requested by ${promotion.requestedBy.id}` },
    ...journal.map(({ step, intendedAt, result }) => ({
      at: result?.at ?? intendedAt,
      what:
        result === undefined
          ? `${step}: begun, not settled`
          : `${step}: ${result.how === 'acted' ? result.detail : `failed, ${result.detail}`}`,
    })),
    ...(promotion.ended === undefined ? [] : [{ at: promotion.ended.at, what: `ended as ${promotion.status}` }]),
  ];
}
