import { apiVersion, controllerKind } from '@fairlead/domain';
import { z } from 'zod';
import type { Run } from '../command.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';
import { clusterAccess, ClusterOptions } from '../local/cluster-access.ts';
import { deliveringTargets, type DeliveringTarget } from '../local/delivering-targets.ts';
import { targetsOn } from '../local/environment-access.ts';
import { environmentToLookAt } from '../local/environment-named.ts';
import { openWorld } from '../local/wire.ts';
import { findTargets, type FoundTargets } from '../local/wire/find-targets.ts';
import { parseOptions } from '../options.ts';
import { printList, type Listing } from '../output/print.ts';

const text = z.string().min(1, 'is empty').optional();
const Options = ClusterOptions.extend({ environment: text, cluster: text });

/** Asks the cluster, not what is declared: without a server, and without a write. */
export const run: Run = async ({ terminal, args: [path], options: given, format }) => {
  const options = parseOptions(Options, given);
  await using world = await openWorld(terminal, path);
  const { path: folder, declared } = await environmentToLookAt(world, options.environment);
  const origin = world.checkout === 'absent' ? undefined : world.checkout.origin;
  const wanted = declared === undefined ? undefined : targetsOn(declared.environment, options.cluster);
  const { found, gaps } = await findTargets(clusterAccess(options, terminal), {
    path: folder,
    repositories: origin === undefined ? [] : [origin],
  });
  const items = deliveringTargets(found, wanted);
  for (const { kind, reason } of gaps) terminal.stderr.write(`not seen: ${kind}: ${reason}\n`);
  const document = { apiVersion, kind: 'DeliveringTargetList', items, gaps };
  printList(terminal, format, { document, listing });
  return verdict(items, gaps);
};

/** One that nobody declared delivers what nobody promoted. */
function verdict(items: readonly DeliveringTarget[], gaps: FoundTargets['gaps']): ExitCode {
  if (gaps.length > 0) return exitCode.partlyDone;
  return items.some(({ declared, source }) => declared === 'no' || source === undefined) ? exitCode.contentSaysNo : exitCode.done;
}

const listing: Listing<DeliveringTarget> = {
  name: ({ controller, namespace, name }) => `${controllerKind[controller].toLowerCase()}/${namespace}/${name}`,
  empty: 'no Application and no Kustomization delivers this folder',
  columns: [
    { title: 'kind', of: ({ controller }) => controllerKind[controller] },
    { title: 'target', of: ({ namespace, name }) => `${namespace}/${name}` },
    {
      title: 'declared',
      of: ({ declared, source }) => (source === undefined ? 'yes, but not found' : declared === 'unknown' ? '–' : declared),
    },
    { title: 'path', of: ({ source }) => source?.path ?? '–' },
    { title: 'revision', of: ({ source }) => source?.targetRevision ?? '–' },
    { title: 'namespace', of: ({ destination }) => destination?.namespace ?? '–' },
    { title: 'syncs', of: ({ automatedSync }) => (automatedSync === undefined ? '–' : automatedSync ? 'by itself' : 'when asked') },
    { title: 'repository', of: ({ source }) => source?.repository ?? '–', wide: true },
    { title: 'cluster', of: ({ destination }) => destination?.server ?? destination?.name ?? '–', wide: true },
  ],
};
