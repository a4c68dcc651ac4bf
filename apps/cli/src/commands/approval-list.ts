import type { ApprovalState } from '@fairlead/api';
import { z } from 'zod';
import { connect } from '../client/connect.ts';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { parseOptions } from '../options.ts';
import { printList, type Listing } from '../output/print.ts';

const Options = z.object({ environment: z.string().optional() });

export const run: Run = async ({ terminal, options, format }) => {
  const { environment } = parseOptions(Options, options);
  const document = await (await connect(terminal))('listApprovals', { query: { environment } });
  printList(terminal, format, { document, listing });
  return exitCode.done;
};

const listing: Listing<ApprovalState> = {
  name: ({ promotion }) => `promotion/${promotion.id}`,
  empty: 'nothing waits for approval',
  columns: [
    { title: 'promotion', of: ({ promotion }) => promotion.id },
    { title: 'environment', of: ({ promotion }) => promotion.environment },
    { title: 'version', of: ({ promotion }) => promotion.release.version },
    { title: 'approved', of: ({ by, required }) => `${String(by.length)}/${String(required)}` },
    { title: 'by', of: ({ by }) => by.join(', ') || '–' },
    { title: 'who can', of: ({ groups }) => groups.join(', ') || 'anybody but the requester' },
    { title: 'requested by', of: ({ promotion }) => promotion.requestedBy.id },
    { title: 'not counted', of: ({ ignored }) => ignored.map(({ by, because }) => `${by}: ${because}`).join(', ') || '–', wide: true },
    { title: 'content', of: ({ content }) => content, wide: true },
  ],
};
