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
  target: z.string().optional(),
  dryRun: z.boolean().default(false),
  yes: z.boolean().default(false),
});

const words = { resumed: 'is resumed', 'not-suspended': 'was not suspended', planned: 'would be resumed' } as const;

export const run: Run = async ({ terminal, args: [word], options, format }) => {
  const { reason, target, dryRun, yes } = parseOptions(Options, options);
  const params = environmentOf(word);
  const call = await connect(terminal);
  const body = { reason, ...(target === undefined ? {} : { target }) };
  if (!dryRun && !yes && !(await confirm(terminal, 'Resume it? What is in Git is applied at once.'))) {
    terminal.stderr.write('nothing was changed\n');
    return exitCode.done;
  }
  const document = await call('resumeTarget', { params, body: { ...body, dryRun } });
  printDocument(terminal, format, { document, text: `${document.target.name} on ${document.target.cluster} ${words[document.kind]}` });
  return exitCode.done;
};
