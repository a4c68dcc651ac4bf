import type { Promotion } from '@fairlead/domain';
import { z } from 'zod';
import { connect } from '../client/connect.ts';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { parseOptions } from '../options.ts';
import { printList, type Listing } from '../output/print.ts';

const Options = z.object({ service: z.string().optional(), environment: z.string().optional(), open: z.boolean().optional() });

export const run: Run = async ({ terminal, options, format }) => {
  const { service, environment, open } = parseOptions(Options, options);
  const query = { service, environment, ...(open === true ? { open: 'true' as const } : {}) };
  const document = await (await connect(terminal))('listPromotions', { query });
  printList(terminal, format, { document, listing });
  return exitCode.done;
};

const listing: Listing<Promotion> = {
  name: ({ id }) => `promotion/${id}`,
  empty: 'no promotion: fairlead promote SERVICE --release R --to ENV',
  columns: [
    { title: 'id', of: ({ id }) => id },
    { title: 'environment', of: ({ environment }) => environment },
    { title: 'version', of: ({ release }) => release.version },
    { title: 'status', of: ({ status }) => status },
    { title: 'waits for', of: ({ blockers }) => blockers.map(({ gate }) => gate).join(', ') || '–' },
    { title: 'requested', of: ({ requestedAt }) => requestedAt },
    { title: 'by', of: ({ requestedBy }) => requestedBy.id, wide: true },
    { title: 'change', of: ({ change }) => change?.url ?? '–', wide: true },
    { title: 'merge', of: ({ mergeCommit }) => mergeCommit ?? '–', wide: true },
  ],
};
