import { Role } from '@fairlead/api';
import { z } from 'zod';
import { connect } from '../client/connect.ts';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { parseOptions } from '../options.ts';
import { printDocument } from '../output/print.ts';

const Options = z.object({
  user: z.string({ error: 'say for whom' }),
  role: z.enum(Role.options, { error: `one of: ${Role.options.join(', ')}` }),
  environment: z.array(z.string()).default([]),
  days: z.coerce.number({ error: 'a number of days' }).int().min(1).max(366).optional(),
});

export const run: Run = async ({ terminal, options, format }) => {
  const { user, role, environment, days } = parseOptions(Options, options);
  const body = { user, role, ...(environment.length === 0 ? {} : { environments: environment }), ...(days === undefined ? {} : { days }) };
  const created = await (await connect(terminal))('createToken', { body });
  terminal.stderr.write(`token of ${created.user} (${created.role}) until ${created.expiresAt}; it is shown once:\n`);
  printDocument(terminal, format, { document: created, text: created.token });
  return exitCode.done;
};
