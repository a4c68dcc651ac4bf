import { Digest } from '@fairlead/domain';
import { z } from 'zod';
import { connect } from '../client/connect.ts';
import type { Invocation } from '../command.ts';
import { confirm } from '../confirm.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';
import { parseOptions } from '../options.ts';
import { printDocument } from '../output/print.ts';
import { promotionIdOf } from '../promotion-id-of.ts';
import { UsageError } from '../usage-error.ts';

const Options = z.object({ content: Digest.optional(), yes: z.boolean().default(false), reason: z.string().min(1).optional() });

/** Shows what would be decided on, asks, and decides on exactly that: if it changed meanwhile, the server refuses. */
export async function decide({ terminal, args, options, format }: Invocation, decision: 'approve' | 'reject'): Promise<ExitCode> {
  const { content, yes, reason } = parseOptions(Options, options);
  if (decision === 'reject' && reason === undefined) throw new UsageError('--reason: a rejection needs a reason', 'say why, with --reason');
  const id = promotionIdOf(args[0]);
  const call = await connect(terminal);
  const state = await call('getApproval', { params: { id } });
  if (!yes && content === undefined) {
    const { summary } = await call('getPromotion', { params: { id } });
    terminal.stderr.write(`${summary}\n`);
    const verb = decision === 'approve' ? 'Approve' : 'Reject';
    if (!(await confirm(terminal, `${verb} ${state.promotion.release.version} in ${state.promotion.environment}?`))) {
      terminal.stderr.write('nothing was changed\n');
      return exitCode.done;
    }
  }
  const body = { decision, content: content ?? state.content, ...(reason === undefined ? {} : { reason }) };
  const { approval } = await call('decideApproval', { params: { id }, body });
  const done = decision === 'approve' ? 'approved' : 'rejected';
  printDocument(terminal, format, { document: approval, text: `${done} ${id} as ${approval.actor.id}; evidence ${approval.record}` });
  return exitCode.done;
}
