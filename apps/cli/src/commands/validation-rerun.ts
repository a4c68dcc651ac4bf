import { z } from 'zod';
import { connect } from '../client/connect.ts';
import type { Run } from '../command.ts';
import { environmentOf } from '../environment-of.ts';
import { exitCode } from '../exit-code.ts';
import { parseOptions } from '../options.ts';
import { printDocument } from '../output/print.ts';

const Options = z.object({ environment: z.string({ error: 'say where: SERVICE/ENV' }) });

export const run: Run = async ({ terminal, args, options, format }) => {
  const { service, environment } = environmentOf(parseOptions(Options, options).environment);
  const [phase = ''] = args;
  const { run: asked } = await (await connect(terminal))('rerunValidation', { params: { service, environment, phase } });
  printDocument(terminal, format, {
    document: asked,
    text: `phase ${phase} runs again: attempt ${String(asked.attempt)} on ${asked.revision}`,
  });
  return exitCode.done;
};
