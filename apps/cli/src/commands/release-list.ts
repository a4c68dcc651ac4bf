import type { ReleaseView } from '@fairlead/api';
import { z } from 'zod';
import { connect } from '../client/connect.ts';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { parseOptions } from '../options.ts';
import { printList, type Listing } from '../output/print.ts';

const Options = z.object({ service: z.string().optional() });

export const run: Run = async ({ terminal, options, format }) => {
  const document = await (await connect(terminal))('listReleases', { query: { service: parseOptions(Options, options).service } });
  printList(terminal, format, { document, listing });
  return exitCode.done;
};

const listing: Listing<ReleaseView> = {
  name: ({ digest }) => `release/${digest}`,
  empty: 'no release is registered: fairlead release register FILE',
  columns: [
    { title: 'service', of: ({ service }) => service },
    { title: 'version', of: ({ version }) => version },
    { title: 'release', of: ({ digest }) => digest },
    { title: 'commit', of: ({ commit }) => commit.slice(0, 12) },
    { title: 'registered', of: ({ registeredAt }) => registeredAt },
  ],
};
