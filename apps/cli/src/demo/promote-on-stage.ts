import { ApiError, type Call } from '@fairlead/api';
import { InvariantError, type Promotion } from '@fairlead/domain';
import { service as example, type Cast } from './cast.ts';
import { follow } from './follow.ts';

/** Who it takes to promote. */
export type Company = Pick<Cast, 'admin' | 'ada' | 'stage' | 'expectations' | 'checkpoint'>;

interface Move {
  /** The example's where nothing else is said. */
  readonly service?: string;
  readonly version: string;
  readonly to: string;
}

/** Starts a promotion as the admin and tells what it would change. */
export async function start({ admin, stage }: Company, { service = example, version, to }: Move): Promise<Promotion> {
  const body = { service, environment: to, release: version };
  const planned = await admin('startPromotion', { body: { ...body, dryRun: true } });
  const started = await admin('startPromotion', { body });
  if (started.kind !== 'started') throw new InvariantError('not-started', `the promotion of ${version} to ${to} is ${started.kind}`);
  const rendered = /^\| Rendered \| (.*?):/m.exec(planned.kind === 'planned' ? planned.summary : '')?.[1] ?? '';
  const risk = /^\| Risk \| (\w+)/m.exec(planned.kind === 'planned' ? planned.summary : '')?.[1] ?? '';
  stage.line('planned', `${rendered}, risk ${risk}: ${started.promotion.id}`);
  return started.promotion;
}

/** Carries a promotion to its end without anybody's help. */
export async function promote(cast: Company, move: Move): Promise<Promotion> {
  const { id } = await start(cast, move);
  const ended = await follow({ ...cast, call: cast.admin, id });
  cast.expectations.expect(`${move.version} is ready in ${move.to}`, ended.status === 'ready', ended.ended ?? ended.blockers);
  return ended;
}

/** Carries a promotion to its end with the approval that it waits for, given by the second person. */
export async function promoteWithApproval(cast: Company, move: Move): Promise<Promotion> {
  const { expectations, stage } = cast;
  const { id } = await start(cast, move);
  const waiting = await follow({ ...cast, call: cast.admin, id }, waitsForApproval);
  expectations.expect(`${move.version} does not reach main for ${move.to} before somebody approved it`, notMerged(waiting), waiting.status);

  const own = await approve(cast.admin, waiting);
  expectations.expect(`admin, who asked for ${move.version} in ${move.to}, can't approve it`, own === 'approval-requested-it', own);
  stage.line('refused', 'admin may not approve what admin asked for');
  const hers = await approve(cast.ada, waiting);
  stage.line('approved', hers === 'approved' ? 'by ada (approver), for exactly this content' : hers);

  const ended = await follow({ ...cast, call: cast.admin, id });
  expectations.expect(
    `${move.version} is ready in ${move.to}, approved by ada`,
    ended.status === 'ready' && hers === 'approved',
    ended.ended ?? ended.blockers,
  );
  return ended;
}

export function waitsForApproval({ blockers }: Promotion): boolean {
  return blockers.some(({ gate }) => gate === 'approval');
}

function notMerged({ status, mergeCommit, syncs }: Promotion): boolean {
  return status === 'proposed' && mergeCommit === undefined && syncs.length === 0;
}

/** `approved`, or the code of the refusal. */
async function approve(call: Call, { id }: Promotion): Promise<string> {
  const { content } = await call('getApproval', { params: { id } });
  try {
    await call('decideApproval', { params: { id }, body: { decision: 'approve', content } });
    return 'approved';
  } catch (error) {
    if (error instanceof ApiError) return error.problem.code;
    throw error;
  }
}
