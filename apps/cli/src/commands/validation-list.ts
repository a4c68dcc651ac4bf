import type { ValidationRun } from '@fairlead/domain';
import { connect } from '../client/connect.ts';
import type { Run } from '../command.ts';
import { environmentOf } from '../environment-of.ts';
import { exitCode } from '../exit-code.ts';
import { printList, type Listing } from '../output/print.ts';

export const run: Run = async ({ terminal, args, format }) => {
  const document = await (await connect(terminal))('listValidations', { params: environmentOf(args[0]), query: {} });
  printList(terminal, format, { document, listing });
  return exitCode.done;
};

const listing: Listing<ValidationRun> = {
  name: ({ environment, phase, attempt }) => `validation/${environment}/${phase}/${String(attempt)}`,
  empty: 'no validation has run here yet',
  columns: [
    { title: 'phase', of: ({ phase }) => phase },
    { title: 'attempt', of: ({ attempt }) => String(attempt) },
    { title: 'status', of: ({ status }) => status },
    { title: 'revision', of: ({ revision }) => revision.slice(0, 12) },
    { title: 'finished', of: ({ finishedAt }) => finishedAt ?? '–' },
    {
      title: 'failed checks',
      of: ({ checks }) =>
        checks
          .filter(({ verdict }) => verdict !== 'passed')
          .map(({ name, observed }) => `${name}: ${observed}`)
          .join('; ') || '–',
    },
    { title: 'by', of: ({ requestedBy }) => requestedBy, wide: true },
  ],
};
