import type { EnvironmentStatus } from '@fairlead/domain';
import { z } from 'zod';
import { connect } from '../client/connect.ts';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { parseOptions } from '../options.ts';
import { minuteOf } from '../output/minute-of.ts';
import { printList, type Listing } from '../output/print.ts';

const Options = z.object({ environment: z.string().optional(), service: z.string().optional() });

export const run: Run = async ({ terminal, options, format }) => {
  const { environment, service } = parseOptions(Options, options);
  const [of, name] = environment?.includes('/') === true ? environment.split('/') : [service, environment];
  const document = await (await connect(terminal))('listStatus', { query: { service: of, environment: name } });
  for (const { file, line, message } of document.problems ?? []) terminal.stderr.write(`warning: ${file}:${String(line)}: ${message}\n`);
  printList(terminal, format, { document, listing });
  return exitCode.done;
};

const listing: Listing<EnvironmentStatus> = {
  name: ({ service, environment }) => `environment/${service}/${environment}`,
  empty: 'no environment is declared: a service root is a folder with .fairlead/service.yaml',
  columns: [
    { title: 'environment', of: ({ service, environment }) => `${service}/${environment}` },
    { title: 'readiness', of: ({ readiness }) => readiness.verdict },
    { title: 'intended', of: ({ intended }) => intended?.version ?? '–' },
    { title: 'delivered', of: deliveredOf },
    {
      title: 'running',
      of: ({ live }) => (live.length === 0 ? '–' : `${String(live.filter(({ match }) => match).length)}/${String(live.length)}`),
    },
    { title: 'drift', of: driftOf },
    { title: 'promotion', of: promotionOf },
    { title: 'blockers', of: ({ readiness }) => readiness.blockers.map(({ gate }) => gate).join(', ') || '–' },
    { title: 'tier', of: ({ tier }) => tier, wide: true },
    { title: 'release', of: ({ intended }) => intended?.release ?? '–', wide: true },
    { title: 'judged', of: ({ readiness }) => readiness.asOf, wide: true },
  ],
};

function deliveredOf({ delivered, suspensions = [] }: EnvironmentStatus): string {
  return [delivered.verdict, ...suspensions.map(({ until }) => `suspended until ${minuteOf(until)}`)].join(', ');
}

/** Where nothing was ever promoted: what it runs all the same. */
function promotionOf({ promotion, shadow }: EnvironmentStatus): string {
  if (promotion !== undefined) return `${promotion.id} ${promotion.status}`;
  if (shadow === undefined) return '–';
  const versions = new Set(shadow.targets.map(({ release }) => release?.version ?? 'unknown'));
  return `shadow, runs ${[...versions].join(' and ') || 'unknown'}`;
}

/** Nobody who looks is not the same as nothing to see. */
function driftOf({ drift }: EnvironmentStatus): string {
  if (drift?.observedAt === undefined) return 'not observed';
  const excused = drift.excused === 0 ? '' : `, ${String(drift.excused)} excused`;
  return drift.open === 0 ? `none${excused}` : `${String(drift.open)} ${drift.worst ?? ''}${excused}`;
}
