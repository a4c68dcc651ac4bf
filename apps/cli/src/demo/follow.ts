import { setTimeout as pause } from 'node:timers/promises';
import type { Call } from '@fairlead/api';
import { hasEnded, type Blocker, type Promotion, type PromotionId } from '@fairlead/domain';
import type { Stage } from './stage.ts';

const lookEveryMs = 100;
const patienceMs = 60_000;

export interface Follow {
  readonly call: Call;
  readonly stage: Stage;
  readonly id: PromotionId;
  /** Throws where the user wants to stop. */
  readonly checkpoint: () => void;
}

/** Tells each step of a promotion as it happens, until `enough` or its end. What does not come is given as it is: an expectation that did not hold. */
export async function follow(
  { call, stage, id, checkpoint }: Follow,
  enough: (promotion: Promotion) => boolean = () => false,
): Promise<Promotion> {
  const until = performance.now() + patienceMs;
  for (;;) {
    checkpoint();
    const { promotion } = await call('getPromotion', { params: { id } });
    for (const [what, text] of stepsOf(promotion)) {
      stage.once(id, what, text);
    }
    if (hasEnded(promotion.status) || enough(promotion)) return promotion;
    if (performance.now() > until) {
      stage.line('gave up', `it is ${promotion.status} after ${String(patienceMs / 1000)} s`);
      return promotion;
    }
    await pause(lookEveryMs);
  }
}

/** What a promotion shows of itself, in the order in which it comes about. */
function stepsOf(promotion: Promotion): readonly (readonly [string, string])[] {
  const { status, head, branch, change, mergeCommit, blockers, ended } = promotion;
  return [
    ...(head === undefined ? [] : [['pushed', `${short(head)} on ${branch.slice(0, branch.lastIndexOf('/'))}/…`] as const]),
    ...(change === undefined ? [] : [['proposed', `change ${String(change.number)} is open`] as const]),
    ...(mergeCommit === undefined ? [] : [['merged', `${short(mergeCommit)} is on main`] as const]),
    ...delivery(promotion),
    ...(status === 'validating' ? [['validating', 'delivered; now the routes and the running digests'] as const] : []),
    ...blockers.map((blocker) => [status, `waits: ${waitsFor(blocker)}`] as const),
    ...(ended === undefined ? [] : [[status, ended.reason === status ? 'every check passed' : ended.reason] as const]),
  ];
}

function delivery({ status, mergeCommit, syncs }: Promotion): readonly (readonly [string, string])[] {
  if (status !== 'syncing' || mergeCommit === undefined) return [];
  const asked = syncs.filter((sync) => sync.asked !== undefined);
  return [
    ['syncing', 'the merge commit renders to exactly what was approved'],
    ...asked.map(({ target, revision }) => ['syncing', `asked ${target.name} for one sync of ${short(revision)}`] as const),
  ];
}

const widest = 110;

function waitsFor({ gate, message, who }: Blocker): string {
  const text = shortened(message);
  const line = gate === 'approval' ? `${text}; can act: ${who.join(', ')}` : text;
  return line.length > widest ? `${line.slice(0, widest)}…` : line;
}

/** Ids of operations and whole commits say nothing to a reader. */
export function shortened(message: string): string {
  return message.replace(/ op-[0-9a-z]+/, '').replace(/\b[0-9a-f]{40}\b/g, short);
}

export function short(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 8);
}
