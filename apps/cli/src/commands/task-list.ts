import { objectName, type ReconciliationTask } from '@fairlead/domain';
import { z } from 'zod';
import { connect } from '../client/connect.ts';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { parseOptions } from '../options.ts';
import { minuteOf } from '../output/minute-of.ts';
import { printList, type Listing } from '../output/print.ts';

const Options = z.object({ environment: z.string().optional(), all: z.boolean().default(false) });

export const run: Run = async ({ terminal, options, format }) => {
  const { environment, all } = parseOptions(Options, options);
  const document = await (await connect(terminal))('listTasks', { query: { environment, ...(all ? {} : { open: 'true' as const }) } });
  printList(terminal, format, { document, listing });
  return exitCode.done;
};

const listing: Listing<ReconciliationTask> = {
  name: ({ id }) => `task/${id}`,
  empty: 'no manual change waits for an answer',
  columns: [
    { title: 'task', of: ({ id }) => id },
    { title: 'environment', of: ({ environment }) => environment },
    { title: 'object', of: ({ object }) => objectName(object) },
    { title: 'changed by', of: ({ managers }) => managers.join(', ') || 'unknown' },
    { title: 'owner', of: ({ owner }) => owner },
    { title: 'due', of: ({ dueAt }) => minuteOf(dueAt) },
    { title: 'state', of: ({ closed }) => (closed === undefined ? 'open' : `closed by ${closed.by}: ${closed.reason}`) },
    { title: 'drift', of: ({ drift }) => drift.join(' '), wide: true },
  ],
};
