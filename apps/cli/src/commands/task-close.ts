import { TaskId } from '@fairlead/domain';
import { z } from 'zod';
import { connect } from '../client/connect.ts';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { parseOptions } from '../options.ts';
import { printDocument } from '../output/print.ts';
import { UsageError } from '../usage-error.ts';

const Options = z.object({ reason: z.string({ error: 'say why, with --reason' }).min(3) });

export const run: Run = async ({ terminal, args: [word], options, format }) => {
  const id = TaskId.safeParse((word ?? '').replace(/^task\//, ''));
  if (!id.success) throw new UsageError(`${JSON.stringify(word ?? '')} is no task id`, 'fairlead task list');
  const document = await (await connect(terminal))('closeTask', { params: { id: id.data }, body: parseOptions(Options, options) });
  printDocument(terminal, format, { document, text: `${id.data} is closed` });
  return exitCode.done;
};
