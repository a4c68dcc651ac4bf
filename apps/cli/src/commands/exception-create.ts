import { Duration, durationMs } from '@fairlead/domain';
import { z } from 'zod';
import { connect } from '../client/connect.ts';
import type { Run } from '../command.ts';
import { driftIdOf } from '../drift-id-of.ts';
import { exitCode } from '../exit-code.ts';
import { parseOptions } from '../options.ts';
import { printDocument } from '../output/print.ts';

const Options = z.object({
  forDrift: z.array(z.string()).min(1, 'name a difference: fairlead drift list'),
  expiresIn: Duration,
  ticket: z.string().min(1).optional(),
  reason: z.string({ error: 'say why, with --reason' }).min(3),
});

export const run: Run = async ({ terminal, options, format }) => {
  const { forDrift, expiresIn, ticket, reason } = parseOptions(Options, options);
  const call = await connect(terminal);
  const drift = await Promise.all(forDrift.map((word) => driftIdOf(call, word)));
  const expiresAt = new Date(terminal.now().getTime() + durationMs(expiresIn)).toISOString();
  const document = await call('requestException', { body: { drift, reason, expiresAt, ...(ticket === undefined ? {} : { ticket }) } });
  const text = `${document.id} is asked for until ${document.expiresAt}; another person approves it: fairlead exception approve ${document.id}`;
  printDocument(terminal, format, { document, text });
  return exitCode.done;
};
