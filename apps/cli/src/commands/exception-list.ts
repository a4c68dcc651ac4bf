import type { ExceptionView } from '@fairlead/api';
import { z } from 'zod';
import { connect } from '../client/connect.ts';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { parseOptions } from '../options.ts';
import { minuteOf } from '../output/minute-of.ts';
import { printList, type Listing } from '../output/print.ts';

const Options = z.object({ environment: z.string().optional() });

export const run: Run = async ({ terminal, options, format }) => {
  const { environment } = parseOptions(Options, options);
  const document = await (await connect(terminal))('listExceptions', { query: { environment } });
  printList(terminal, format, { document, listing });
  return exitCode.done;
};

const listing: Listing<ExceptionView> = {
  name: ({ id }) => `exception/${id}`,
  empty: 'nothing is excused',
  columns: [
    { title: 'exception', of: ({ id }) => id },
    { title: 'environment', of: ({ environment }) => environment },
    { title: 'status', of: ({ status }) => status },
    { title: 'until', of: ({ expiresAt }) => minuteOf(expiresAt) },
    { title: 'uses', of: ({ uses, drift }) => `${String(uses.length)} of ${String(drift.length)}` },
    { title: 'asked for by', of: ({ requestedBy }) => requestedBy },
    { title: 'approved by', of: ({ approvals }) => approvals.map(({ by }) => by).join(', ') || '–' },
    { title: 'reason', of: ({ reason }) => reason },
    { title: 'ticket', of: ({ ticket }) => ticket ?? '–', wide: true },
    { title: 'drift', of: ({ drift }) => drift.join(' '), wide: true },
  ],
};
