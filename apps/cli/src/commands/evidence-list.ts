import type { EvidenceView } from '@fairlead/api';
import { EvidenceType, PromotionId } from '@fairlead/domain';
import { z } from 'zod';
import { connect } from '../client/connect.ts';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { parseOptions } from '../options.ts';
import { printList, type Listing } from '../output/print.ts';

const Time = z.iso.datetime({ error: 'a time such as 2026-11-23T12:00:00Z' }).optional();

const Options = z.object({
  environment: z.string().optional(),
  promotion: PromotionId.optional(),
  type: z.enum(EvidenceType.options, { error: `one of: ${EvidenceType.options.join(', ')}` }).optional(),
  since: Time,
  until: Time,
});

export const run: Run = async ({ terminal, options, format }) => {
  const document = await (await connect(terminal))('listEvidence', { query: { ...parseOptions(Options, options), limit: '200' } });
  printList(terminal, format, { document, listing });
  return exitCode.done;
};

const listing: Listing<EvidenceView> = {
  name: ({ digest }) => `evidence/${digest}`,
  empty: 'no record',
  columns: [
    { title: 'at', of: ({ at }) => at },
    { title: 'type', of: ({ type }) => type },
    { title: 'environment', of: ({ environment }) => environment ?? '–' },
    { title: 'says', of: ({ summary }) => summary ?? '–' },
    { title: 'entry', of: ({ index }) => (index === undefined ? 'pending' : String(index)) },
    { title: 'record', of: ({ digest }) => digest },
    { title: 'promotion', of: ({ promotion }) => promotion ?? '–', wide: true },
  ],
};
