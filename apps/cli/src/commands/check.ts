import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { noEnvironment } from '../local/no-environment.ts';
import { openWorld, type Checked } from '../local/wire.ts';
import { checkAnnotations } from '../output/check-annotations.ts';
import { checkMarkdown } from '../output/check-markdown.ts';
import { checkSarif } from '../output/check-sarif.ts';
import { checkText } from '../output/check-text.ts';
import { printDocument } from '../output/print.ts';

export const run: Run = async ({ terminal, args: [path], options, format }) => {
  await using world = await openWorld(terminal, path);
  const checked = await world.check();
  if (checked.report.summary.environments === 0 && checked.report.findings.length === 0) throw noEnvironment(world);
  const text = textOf(String(options['output']), checked, { terminal, root: world.root });
  printDocument(terminal, format, { document: checked.report, text });
  return checked.report.summary.error > 0 ? exitCode.contentSaysNo : exitCode.done;
};

function textOf(output: string, checked: Checked, place: Parameters<typeof checkText>[1]): string {
  if (output === 'github') return checkAnnotations(checked.report);
  if (output === 'sarif') return checkSarif(checked.report);
  return output === 'md' ? checkMarkdown(checked.report) : checkText(checked, place);
}
