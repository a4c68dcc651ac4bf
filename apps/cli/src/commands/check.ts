import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { applyBaseline, stands, type CheckReport } from '@fairlead/domain';
import { baselineName, baselineOfCommit, readBaseline, writeBaseline } from '../check/baseline-file.ts';
import { checkOptions, type CheckOptions } from '../check/check-options.ts';
import { narrowReport } from '../check/narrow-report.ts';
import { pastMeant, type Past } from '../check/past-meant.ts';
import type { Invocation, Run } from '../command.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';
import { noEnvironment } from '../local/no-environment.ts';
import { checkPast } from '../local/wire/check-past.ts';
import { excusedReport } from '../local/wire/excused-report.ts';
import { openWorld, type Checked, type LocalWorld } from '../local/wire.ts';
import { checkFormatOf, checkOutput } from '../output/check-formats.ts';
import type { CheckView } from '../output/check-text.ts';
import { groupFindings } from '../output/finding-groups.ts';
import { printDocument } from '../output/print.ts';

export const run: Run = async (invocation) => {
  const { terminal, args, options, format } = invocation;
  const chosen = checkOptions(options);
  await using world = await openWorld(terminal, args[0]);
  const past = await pastMeant(world.checkout, options);
  const judged = past === undefined ? await world.check({ fresh: chosen.fresh }) : await checkPast(world, past, terminal);
  const found = { ...judged, report: await excusedReport(judged.report, world, past) };
  if (past === undefined && found.report.summary.environments === 0 && found.report.findings.length === 0) throw noEnvironment(world);
  if (chosen.writeBaseline !== undefined)
    return await keepAsKnown(invocation, world, { report: found.report, named: chosen.writeBaseline });

  const checked = { ...found, report: await narrowed(found.report, chosen, { invocation, world, past }) };
  const view = { terminal, root: world.root, next: nextOf(checked) };
  // A file is no terminal.
  const plain = { ...view, terminal: { ...terminal, colour: false } };
  for (const { format: other, file } of chosen.also) await writeFile(resolve(terminal.cwd, file), checkOutput(other, checked, plain));
  const text = checkOutput(checkFormatOf(String(options['output'])) ?? 'text', checked, view);
  printDocument(terminal, format, { document: checked.report, text });
  return checked.report.summary.error > 0 ? exitCode.contentSaysNo : exitCode.done;
};

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

/** What helps with a first run. */
function nextOf({ report }: Checked): NonNullable<CheckView['next']> {
  const open = groupFindings(report.findings.filter(stands)).length;
  if (open <= 20) return [];
  return [['fairlead check --write-baseline', 'keep these as known, so that only new ones fail']];
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}
