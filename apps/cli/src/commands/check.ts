import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { applyBaseline, stands, type CheckReport } from '@fairlead/domain';
import { baselineName, baselineOfCommit, readBaseline, writeBaseline } from '../check/baseline-file.ts';
import { checkOptions, type CheckOptions } from '../check/check-options.ts';
import { narrowReport } from '../check/narrow-report.ts';
import { repair } from '../check/repair.ts';
import { pastMeant, type Past } from '../check/past-meant.ts';
import type { Invocation, Run } from '../command.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';
import { noEnvironment } from '../local/no-environment.ts';
import { checkPast } from '../local/wire/check-past.ts';
import { openRegistry } from '../local/wire/open-registry.ts';
import { excusedReport } from '../local/wire/excused-report.ts';
import { planFixes } from '../local/wire/plan-fixes.ts';
import { openWorld, type Checked, type LocalWorld } from '../local/wire.ts';
import { checkFormatOf, checkOutput } from '../output/check-formats.ts';
import type { CheckView } from '../output/check-text.ts';
import { groupFindings } from '../output/finding-groups.ts';
import { printDocument } from '../output/print.ts';
import { UsageError } from '../usage-error.ts';

export const run: Run = async (invocation) => {
  const { terminal, args, options } = invocation;
  const chosen = checkOptions(options);
  await using world = await openWorld(terminal, args[0]);
  const past = await pastMeant(world.checkout, options);
  const around = { invocation, world, past };
  const judged = await judge(chosen, around);
  const found = { ...judged, report: await excusedReport(judged.report, world, past) };
  if (past === undefined && found.report.summary.environments === 0 && found.report.findings.length === 0) throw noEnvironment(world);
  if (chosen.writeBaseline !== undefined)
    return await keepAsKnown(invocation, world, { report: found.report, named: chosen.writeBaseline });
  if (chosen.fix !== undefined && (await repaired(found.report, chosen, around))) {
    const { fix: _, yes: __, ...rest } = options;
    return await run({ ...invocation, options: rest });
  }
  const checked = { ...found, report: await narrowed(found.report, chosen, around) };
  await print(checked, chosen, around);
  return checked.report.summary.error > 0 ? exitCode.contentSaysNo : exitCode.done;
};

async function judge({ fresh, online }: CheckOptions, { invocation: { terminal }, world, past }: Around): Promise<Checked> {
  const ports = online ? { registry: await openRegistry(terminal) } : {};
  return past === undefined ? world.check({ fresh: fresh || online, ...ports }) : checkPast(world, past, { terminal, ...ports });
}

async function repaired(report: CheckReport, chosen: CheckOptions, { invocation, world, past }: Around): Promise<boolean> {
  if (chosen.fix === undefined) return false;
  if (past !== undefined) throw new UsageError('a commit is never changed', 'leave out --fix, or --range and --commit');
  const planned = await planFixes(world, narrowReport(report, chosen));
  return repair({ terminal: invocation.terminal, root: world.root }, planned, chosen.fix);
}

async function print(checked: Checked, chosen: CheckOptions, { invocation, world, past }: Around): Promise<void> {
  const { terminal, options, format } = invocation;
  const output = checkFormatOf(String(options['output'])) ?? 'text';
  const next = output === 'text' && past === undefined ? await nextOf(checked, chosen, world) : [];
  const view = { terminal, root: world.root, next };
  // A file is no terminal.
  const plain = { ...view, terminal: { ...terminal, colour: false } };
  for (const { format: other, file } of chosen.also) await writeFile(resolve(terminal.cwd, file), checkOutput(other, checked, plain));
  printDocument(terminal, format, { document: checked.report, text: checkOutput(output, checked, view) });
}

async function keepAsKnown(
  { terminal }: Invocation,
  world: LocalWorld,
  what: { readonly report: CheckReport; readonly named: string | true },
): Promise<ExitCode> {
  const { file, findings, secrets } = await writeBaseline(terminal, world, what);
  const lines = [
    `${file} has ${plural(findings, 'finding')}: from now on only new ones fail. Commit it.`,
    ...(secrets > 0
      ? [`${plural(secrets, 'of them is a secret', 'of them are secrets')}: change the values; check goes on naming them.`]
      : []),
  ];
  terminal.stderr.write(`${lines.join('\n')}\n`);
  return exitCode.done;
}

interface Around {
  readonly invocation: Invocation;
  readonly world: LocalWorld;
  readonly past: Past | undefined;
}

async function narrowed(report: CheckReport, chosen: CheckOptions, { invocation, world, past }: Around): Promise<CheckReport> {
  const { terminal } = invocation;
  const ofBase = past?.kind === 'range' && chosen.baseline === undefined;
  const baseline = ofBase ? await baselineOfCommit(world, past.base) : await readBaseline(terminal, world, chosen.baseline);
  if (baseline === undefined) return narrowReport(report, chosen);
  const { report: marked, gone } = applyBaseline(report, baseline);
  // Of a part, or of a range, nobody can say what is gone.
  if (gone.length > 0 && world.path === '' && past === undefined) {
    const name = chosen.baseline ?? baselineName;
    terminal.stderr.write(`${plural(gone.length, 'finding')} of ${name} gone: fairlead check --write-baseline takes out what is no more\n`);
  }
  return narrowReport(marked, chosen);
}

/** What helps with what was found. */
async function nextOf({ report }: Checked, { fix }: CheckOptions, world: LocalWorld): Promise<NonNullable<CheckView['next']>> {
  const { fixes } = fix === undefined ? await planFixes(world, report) : { fixes: [] };
  const many = groupFindings(report.findings.filter(stands)).length > 20;
  return [
    ...(fixes.length > 0
      ? [['fairlead check --fix', `write the digests of the release to ${plural(fixes.length, 'file')}, after showing them`] as const]
      : []),
    ...(many ? [['fairlead check --write-baseline', 'keep these as known, so that only new ones fail'] as const] : []),
    ...(many ? [['fairlead check --rule ID', 'look at one rule; docs/rules says what each demands and how to repair it'] as const] : []),
  ];
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}
