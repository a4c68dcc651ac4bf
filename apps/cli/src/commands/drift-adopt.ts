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

const Written = z.object({ path: z.string(), text: z.string().optional() });

/** Shows the edits, then opens a change with them. Merging it is for people. */
export const run: Run = async ({ terminal, args: [word], options, format }) => {
  const { reason, dryRun, yes } = parseOptions(Options, options);
  const call = await connect(terminal);
  const params = { id: await driftIdOf(call, word) };
  const plan = await call('adoptDrift', { params, body: { reason, dryRun: true } });
  const edits = plan.kind === 'planned' ? plan.edits.map((edit) => Written.parse(edit)) : [];
  const text = edits.map(({ path, text: lines = '' }) => `${path}\n${lines.trimEnd().replaceAll(/^/gm, '  ')}`).join('\n');
  if (dryRun) {
    printDocument(terminal, format, { document: plan, text });
    return exitCode.done;
  }
  if (!yes) {
    terminal.stderr.write(`${text}\n`);
    if (!(await confirm(terminal, 'Open a change with this?'))) {
      terminal.stderr.write('nothing was changed\n');
      return exitCode.done;
    }
  }
  const document = await call('adoptDrift', { params, body: { reason } });
  printDocument(terminal, format, { document, text: document.kind === 'opened' ? (document.action.detail ?? '') : '' });
  return exitCode.done;
};
