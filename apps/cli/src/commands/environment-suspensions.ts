import type { Suspension } from '@fairlead/domain';
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
  const document = await (await connect(terminal))('listSuspensions', { query: { environment } });
  printList(terminal, format, { document, listing });
  return exitCode.done;
};

const listing: Listing<Suspension> = {
  name: ({ environment, target }) => `suspension/${environment}/${target.name}`,
  empty: 'nothing is suspended by an act on record',
  columns: [
    { title: 'environment', of: ({ environment }) => environment },
    { title: 'target', of: ({ target }) => `${target.cluster}/${target.namespace}/${target.name}` },
    { title: 'until', of: ({ until }) => minuteOf(until) },
    { title: 'by', of: ({ by }) => by },
    { title: 'reason', of: ({ reason }) => reason },
    { title: 'since', of: ({ since }) => since, wide: true },
  ],
};
