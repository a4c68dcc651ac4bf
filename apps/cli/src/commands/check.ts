import { applyBaseline, stands } from '@fairlead/domain';
import { baselineName, readBaseline, writeBaseline } from '../check/baseline-file.ts';
import { checkOptions, type CheckOptions } from '../check/check-options.ts';
import { narrowReport } from '../check/narrow-report.ts';
import { pastMeant } from '../check/past-meant.ts';
import type { Invocation, Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { noEnvironment } from '../local/no-environment.ts';
import { checkPast } from '../local/wire/check-past.ts';
import { openWorld, type Checked, type LocalWorld } from '../local/wire.ts';
import { checkAnnotations } from '../output/check-annotations.ts';
import { checkJunit } from '../output/check-junit.ts';
import { checkMarkdown } from '../output/check-markdown.ts';
import { checkSarif } from '../output/check-sarif.ts';
import { checkText, type CheckView } from '../output/check-text.ts';
import { groupFindings } from '../output/finding-groups.ts';
import { printDocument } from '../output/print.ts';

export const run: Run = async (invocation) => {
  const { terminal, args, options, format } = invocation;
  const chosen = checkOptions(options);
  await using world = await openWorld(terminal, args[0]);
  const past = await pastMeant(world.checkout, options);
  const found = past === undefined ? await judge(world, chosen) : await checkPast(world, past, terminal);
  if (past === undefined && found.report.summary.environments === 0 && found.report.findings.length === 0) throw noEnvironment(world);
  if (chosen.writeBaseline !== undefined) {
    const { file, findings, secrets } = await writeBaseline(terminal, world, { report: found.report, named: chosen.writeBaseline });
    terminal.stderr.write(`${file} has ${plural(findings, 'finding')}: from now on only new ones fail. Commit it.
`);
    if (secrets > 0)
      terminal.stderr
        .write(`${plural(secrets, 'of them is a secret', 'of them are secrets')}: change what is in Git; check goes on naming it.
`);
    return exitCode.done;
  }
  const checked = { ...found, report: await narrowed(found, chosen, { invocation, world }) };
  const text = textOf(String(options['output']), checked, { terminal, root: world.root, next: nextOf(checked) });
  printDocument(terminal, format, { document: checked.report, text });
  return checked.report.summary.error > 0 ? exitCode.contentSaysNo : exitCode.done;
};

/** What is asked about: the files as they are, at and below the place. */
function judge(world: LocalWorld, { fresh }: CheckOptions): Promise<Checked> {
  return world.check({ fresh });
}

interface Around {
  readonly invocation: Invocation;
  readonly world: LocalWorld;
}

async function narrowed({ report }: Checked, chosen: CheckOptions, { invocation, world }: Around): Promise<Checked['report']> {
  const { terminal } = invocation;
  const baseline = await readBaseline(terminal, world, chosen.baseline);
  if (baseline === undefined) return narrowReport(report, chosen);
  const { report: marked, gone } = applyBaseline(report, baseline);
  const name = chosen.baseline ?? baselineName;
  // Of a part nobody can say what is gone.
  if (gone.length > 0 && world.path === '')
    terminal.stderr.write(
      `${plural(gone.length, 'finding of', 'findings of')} ${name} gone: fairlead check --write-baseline takes them out\n`,
    );
  return narrowReport(marked, chosen);
}

/** What helps with a first run. */
function nextOf({ report }: Checked): NonNullable<CheckView['next']> {
  const open = groupFindings(report.findings.filter(stands)).length;
  if (open <= 20) return [];
  return [['fairlead check --write-baseline', 'keep these as known, so that only new ones fail']];
}

function textOf(output: string, checked: Checked, view: CheckView): string {
  switch (output) {
    case 'github':
      return checkAnnotations(checked.report);
    case 'sarif':
      return checkSarif(checked.report);
    case 'junit':
      return checkJunit(checked.report);
    case 'md':
      return checkMarkdown(checked.report);
    default:
      return checkText(checked, view);
  }
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}
