import { apiVersion, compareBaseline, objectName, ObjectRef } from '@fairlead/domain';
import { z } from 'zod';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { readPrintedText } from '../local/read-text-file.ts';
import { openWorld } from '../local/wire.ts';
import { parseOptions } from '../options.ts';
import { driftLine } from '../output/drift-text.ts';
import { printDocument } from '../output/print.ts';
import { UsageError } from '../usage-error.ts';
import { ShadowOptions, shadowRequest } from './shadow-options.ts';

const Options = ShadowOptions.extend({ baseline: z.string({ error: 'is needed' }).min(1, 'is empty') });

const BaselineItem = z.object({ object: ObjectRef.unwrap().omit({ version: true }), path: z.string().exactOptional() });
const Items = z.object({ items: z.array(BaselineItem) });
/** Our own report, a list of them, or a list of what another tool found. */
const Baseline = z.union([
  z.object({ items: z.array(Items) }).transform(({ items }) => items.flatMap((report) => report.items)),
  Items.transform(({ items }) => items),
  z.array(BaselineItem),
]);
type BaselineItem = z.infer<typeof BaselineItem>;

/** Whether we see all that another tool, or an earlier look, saw. */
export const run: Run = async ({ terminal, args: [path], options: given, format }) => {
  const options = parseOptions(Options, given);
  const baseline = readBaseline(await readPrintedText(terminal, options.baseline), options.baseline);
  await using world = await openWorld(terminal, path);
  const shadow = await world.shadow(await shadowRequest(world, options, terminal));
  for (const note of shadow.notes) terminal.stderr.write(`${note}\n`);
  const ours = (await shadow.scan()).flatMap(({ items }) => items);
  const { agrees, missing, onlyOurs } = compareBaseline(ours, baseline);
  const lines = [
    ...missing.map(({ object, path: at = '' }) => `missing   ${objectName(object)} ${at}`),
    ...onlyOurs.map((item) => `only ours ${objectName(item.object)}  ${driftLine(item)}`),
    agrees ? `agrees: all ${String(baseline.length)} of the baseline are found` : `${String(missing.length)} of the baseline are not found`,
    ...(onlyOurs.length === 0 ? [] : [`${String(onlyOurs.length)} are only ours: confirm each, or ignore it by a named rule`]),
  ];
  const document = { apiVersion, kind: 'DriftComparison', agrees, missing, onlyOurs };
  printDocument(terminal, format, { document, text: `${lines.join('\n')}\n` });
  return agrees ? exitCode.done : exitCode.contentSaysNo;
};

function readBaseline(text: string, file: string): readonly BaselineItem[] {
  const parsed = Baseline.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw new UsageError(
    `--baseline: ${file} is no list of differences`,
    'give the JSON of fairlead drift scan -o json, or a list of {object: {group, kind, namespace, name}, path}',
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
