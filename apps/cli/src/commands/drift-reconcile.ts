import type { ReconcileHow } from '@fairlead/domain';
import { z } from 'zod';
import { connect } from '../client/connect.ts';
import type { Run } from '../command.ts';
import { confirm } from '../confirm.ts';
import { driftIdOf } from '../drift-id-of.ts';
import { exitCode } from '../exit-code.ts';
import { parseOptions } from '../options.ts';
import { printDocument } from '../output/print.ts';

const Options = z.object({
  reason: z.string({ error: 'say why, with --reason' }).min(3),
  dryRun: z.boolean().default(false),
  yes: z.boolean().default(false),
});

const words: Readonly<Record<ReconcileHow, string>> = {
  apply: 'let the controller sync this one object',
  replace: 'let the controller replace this one object with what Git declares: whatever nobody declared in it goes',
  remove:
    'take away what nobody declared in this one object, for which Fairlead needs the right to patch its kind, and let the controller sync the rest',
  prune: 'let the controller delete this one object, which Git no longer has',
};

/** Says first what the controller will be asked, then asks it. */
export const run: Run = async ({ terminal, args: [word], options, format }) => {
  const { reason, dryRun, yes } = parseOptions(Options, options);
  const call = await connect(terminal);
  const params = { id: await driftIdOf(call, word) };
  const plan = await call('reconcileDrift', { params, body: { reason, dryRun: true } });
  if (plan.kind === 'planned') terminal.stderr.write(`this would ${words[plan.how]}; ${String(plan.drift.length)} differences would go\n`);
  if (dryRun) {
    printDocument(terminal, format, { document: plan, text: plan.kind });
    return exitCode.done;
  }
  if (!yes && !(await confirm(terminal, 'Do it?'))) {
    terminal.stderr.write('nothing was changed\n');
    return exitCode.done;
  }
  const document = await call('reconcileDrift', { params, body: { reason } });
  const id = document.kind === 'requested' ? document.action.id : '';
  printDocument(terminal, format, { document, text: `${id} is at work; see: fairlead drift get ${params.id.slice(0, 12)}` });
  return exitCode.done;
};
