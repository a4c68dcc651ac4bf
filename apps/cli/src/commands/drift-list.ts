import type { DriftView } from '@fairlead/api';
import { objectName } from '@fairlead/domain';
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
  const query = { environment, ...(all ? {} : { open: 'true' as const }), limit: '500' };
  const document = await (await connect(terminal))('listDrift', { query });
  printList(terminal, format, { document, listing });
  return exitCode.done;
};

const listing: Listing<DriftView> = {
  name: ({ id }) => `drift/${id}`,
  empty: 'nothing runs otherwise than Git declares, as far as it is observed: fairlead status',
  columns: [
    { title: 'id', of: ({ id }) => id.slice(0, 12) },
    { title: 'environment', of: ({ environment }) => environment },
    { title: 'severity', of: ({ severity }) => severity },
    { title: 'class', of: ({ class: how }) => how },
    { title: 'object', of: ({ object }) => objectName(object) },
    { title: 'field', of: ({ path }) => (path === '' ? '–' : path) },
    { title: 'by', of: ({ by }) => by.manager ?? 'unknown' },
    { title: 'since', of: ({ by, firstSeen }) => minuteOf(by.changedAt ?? firstSeen) },
    { title: 'state', of: stateOf },
    { title: 'whole id', of: ({ id }) => id, wide: true },
    { title: 'target', of: ({ target }) => target, wide: true },
    { title: 'desired', of: ({ desired }) => shown(desired), wide: true },
    { title: 'live', of: ({ live }) => shown(live), wide: true },
  ],
};

function stateOf({ resolvedAt, excused, ignoredBy }: DriftView): string {
  if (resolvedAt !== undefined) return `gone since ${minuteOf(resolvedAt)}`;
  if (ignoredBy !== undefined) return `ignored by ${ignoredBy}`;
  return excused === undefined ? 'open' : `excused until ${minuteOf(excused.until)}`;
}

function shown(value: unknown): string {
  return value === undefined ? '–' : JSON.stringify(value).slice(0, 60);
}
