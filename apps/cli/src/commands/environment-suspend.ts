import { Duration, durationMs } from '@fairlead/domain';
import { z } from 'zod';
import { connect } from '../client/connect.ts';
import type { Run } from '../command.ts';
import { confirm } from '../confirm.ts';
import { environmentOf } from '../environment-of.ts';
import { exitCode } from '../exit-code.ts';
import { parseOptions } from '../options.ts';
import { printDocument } from '../output/print.ts';

const Options = z.object({
  reason: z.string({ error: 'say why, with --reason' }).min(3),
  expiresIn: z.string({ error: 'say how long, such as 2h' }).pipe(Duration),
  target: z.string().optional(),
  dryRun: z.boolean().default(false),
  yes: z.boolean().default(false),
});

/** Says first what would be suspended, and until when; then does it. */
export const run: Run = async ({ terminal, args: [word], options, format }) => {
  const { reason, expiresIn, target, dryRun, yes } = parseOptions(Options, options);
  const params = environmentOf(word);
  const call = await connect(terminal);
  const until = new Date(terminal.now().getTime() + durationMs(expiresIn)).toISOString();
  const body = { reason, until, ...(target === undefined ? {} : { target }) };
  const plan = await call('suspendTarget', { params, body: { ...body, dryRun: true } });
  if (plan.kind === 'planned') terminal.stderr.write(`Flux would not touch ${plan.target.name} on ${plan.target.cluster} until ${until}\n`);
  if (dryRun) {
    printDocument(terminal, format, { document: plan, text: plan.kind });
    return exitCode.done;
  }
  if (!yes && !(await confirm(terminal, 'Suspend it?'))) {
    terminal.stderr.write('nothing was changed\n');
    return exitCode.done;
  }
  const document = await call('suspendTarget', { params, body });
  const text = document.kind === 'planned' ? document.kind : `suspended until ${document.suspension.until}; then it is resumed by itself`;
  printDocument(terminal, format, { document, text });
  return exitCode.done;
};
