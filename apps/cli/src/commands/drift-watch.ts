import { setTimeout as pause } from 'node:timers/promises';
import { objectName, revokes, type CoverageGap, type DriftItem } from '@fairlead/domain';
import { z } from 'zod';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { openWorld, type WatchingDrift, type WatchTold } from '../local/wire.ts';
import { durationMsOf, parseOptions } from '../options.ts';
import { driftLine } from '../output/drift-text.ts';
import { stopSignal } from '../stop-signal.ts';
import { ShadowOptions, shadowRequest } from './shadow-options.ts';

const Options = ShadowOptions.extend({ timeout: z.string().optional() });

/** Tells of each difference as it comes and goes, until it is stopped. */
export const run: Run = async ({ terminal, args: [path], options: given, format }) => {
  const options = parseOptions(Options, given);
  await using world = await openWorld(terminal, path);
  const shadow = await world.shadow(await shadowRequest(world, options, terminal));
  for (const note of shadow.notes) terminal.stderr.write(`${note}\n`);
  const json = format === 'json' || format === 'jsonl';
  let open: ReadonlyMap<string, readonly DriftItem[]> = new Map();
  const tell = (target: string, told: WatchTold): void => {
    open = new Map([...open, [target, told.open]]);
    for (const { seen, gap } of told.sight) terminal.stderr.write(seen ? `seen again: ${gap.kind}\n` : unseen(gap));
    const { opened, resolved, changed } = told.changes;
    for (const [what, items] of [
      ['opened', opened],
      ['changed', changed],
      ['resolved', resolved],
    ] as const) {
      for (const item of items.filter((one) => isTold(one, options))) {
        terminal.stdout.write(
          json
            ? `${JSON.stringify({ what, item })}\n`
            : `${terminal.now().toISOString()}  ${what.padEnd(8)}  ${objectName(item.object)}  ${driftLine(item)}\n`,
        );
      }
    }
  };
  const ends = ending(options.timeout);
  const watching = await shadow.watch(tell);
  terminal.stderr.write('watching; Ctrl-C ends it\n');
  const ended = await ends;
  const complete = watching.every((watch) => watch.inSync());
  const blind = blindnessOf(watching, terminal.now());
  for (const line of blind) terminal.stderr.write(line);
  await Promise.all(watching.map((watch) => watch.stop()));
  if (ended === 'stopped') return exitCode.interrupted;
  // What was not seen is never taken for clean.
  if (!complete) return exitCode.timedOut;
  if ([...open.values()].some((items) => counted(items, options).length > 0)) return exitCode.contentSaysNo;
  return blind.length > 0 ? exitCode.partlyDone : exitCode.done;
};

/** API servers send a bookmark a minute. */
const silenceMs = 100_000;

/** What can't be seen at the end, and what nobody heard of for too long to believe it. */
function blindnessOf(watching: readonly WatchingDrift[], now: Date): readonly string[] {
  const gaps = watching.flatMap((watch) => watch.coverage().gaps.map(unseen));
  const silent = watching.flatMap((watch) => {
    const at = watch.freshAt();
    return at !== undefined && now.getTime() - Date.parse(at) > silenceMs ? [`not heard of since ${at}\n`] : [];
  });
  return [...gaps, ...silent];
}

function unseen({ kind, reason }: CoverageGap): string {
  return `not seen: ${kind}: ${reason}\n`;
}

async function ending(timeout: string | undefined): Promise<'stopped' | 'timed-out'> {
  const stopped = stopSignal(process).then(() => 'stopped' as const);
  if (timeout === undefined) return stopped;
  return Promise.race([stopped, pause(durationMsOf(timeout), 'timed-out' as const, { ref: false })]);
}

/** When it is over, too. */
function isTold({ severity, ignoredBy }: DriftItem, { from }: ShadowOptions): boolean {
  return ignoredBy === undefined && revokes({ severity }, from);
}

function counted(items: readonly DriftItem[], { from }: ShadowOptions): readonly DriftItem[] {
  return items.filter((item) => item.ignoredBy === undefined && revokes(item, from));
}
