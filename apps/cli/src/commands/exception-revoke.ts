import { z } from 'zod';
import { connect } from '../client/connect.ts';
import type { Run } from '../command.ts';
import { exceptionIdOf } from '../exception-id-of.ts';
import { exitCode } from '../exit-code.ts';
import { parseOptions } from '../options.ts';
import { printDocument } from '../output/print.ts';

const Options = z.object({ reason: z.string({ error: 'say why, with --reason' }).min(3) });

export const run: Run = async ({ terminal, args: [word], options, format }) => {
  const id = exceptionIdOf(word);
  const document = await (await connect(terminal))('revokeException', { params: { id }, body: parseOptions(Options, options) });
  printDocument(terminal, format, { document, text: `${id} is ${document.status}` });
  return exitCode.done;
};
