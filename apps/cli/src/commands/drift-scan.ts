import { apiVersion, revokes, type DriftReport } from '@fairlead/domain';
import { z } from 'zod';
import type { Run } from '../command.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';
import { openWorld } from '../local/wire.ts';
import { parseOptions } from '../options.ts';
import { driftText } from '../output/drift-text.ts';
import { printDocument } from '../output/print.ts';
import { ShadowOptions, shadowRequest } from './shadow-options.ts';

const Options = ShadowOptions.extend({ confirm: z.boolean().default(false) });

/** One look at an environment in its cluster: no server, no write. */
export const run: Run = async ({ terminal, args: [path], options: given, format }) => {
  const options = parseOptions(Options, given);
  await using world = await openWorld(terminal, path);
  const shadow = await world.shadow({ ...(await shadowRequest(world, options, terminal)), confirm: options.confirm });
  for (const note of shadow.notes) terminal.stderr.write(`${note}\n`);
  const items = await shadow.scan();
  const text = items.map((report) => driftText(report, format !== 'md' && terminal.colour)).join('\n');
  printDocument(terminal, format, { document: { apiVersion, kind: 'DriftReportList', items }, text });
  return verdict(items, options);
};

/** What can't be seen is never taken for clean. */
export function verdict(reports: readonly DriftReport[], { from }: Pick<ShadowOptions, 'from'>): ExitCode {
  const counts = reports.some(({ items }) => items.some((item) => item.ignoredBy === undefined && revokes(item, from)));
  if (counts) return exitCode.contentSaysNo;
  return reports.some(({ coverage }) => coverage.gaps.length > 0) ? exitCode.partlyDone : exitCode.done;
}
