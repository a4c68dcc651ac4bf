import { apiVersion } from '@fairlead/domain';
import { z } from 'zod';
import type { Invocation, Run } from '../command.ts';
import { confirm } from '../confirm.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';
import { vendoringHere, type PlannedVendoring, type Vendoring } from '../local/wire/vendoring.ts';
import { writeFiles, type NewContent } from '../local/write-files.ts';
import { parseOptions } from '../options.ts';
import { printDocument } from '../output/print.ts';
import { vendoringText } from '../output/vendoring-text.ts';
import { visibleText } from '../output/visible-text.ts';

const Options = z.object({ yes: z.boolean().default(false), dryRun: z.boolean().default(false) });

/** Copies remote bases into the repository, and lets the kustomizations refer to the copies. */
export const run: Run = async (invocation) => {
  const { root, planned } = await vendoringHere(invocation.terminal, invocation.args[0]);
  switch (planned.kind) {
    case 'nothing':
      return nothing(invocation);
    case 'refused':
      return refused(invocation, planned);
    case 'planned':
      return apply(invocation, root, planned.vendoring);
  }
};

function nothing({ terminal, format }: Invocation): ExitCode {
  printDocument(terminal, format, { document: report('nothing', []), text: 'no environment here builds on another repository\n' });
  return exitCode.done;
}

function refused({ terminal, format }: Invocation, { problems }: Extract<PlannedVendoring, { kind: 'refused' }>): ExitCode {
  const lines = problems.flatMap(({ file, line, message, fix }) => [
    visibleText(`${file}:${String(line)}: ${message}`),
    `  fix: ${visibleText(fix)}`,
  ]);
  printDocument(terminal, format, { document: { ...report('refused', []), problems }, text: `${lines.join('\n')}\nnothing was written\n` });
  return exitCode.refused;
}

async function apply({ terminal, options, format }: Invocation, root: string, vendoring: Vendoring): Promise<ExitCode> {
  const { yes, dryRun } = parseOptions(Options, options);
  const isData = format === 'json' || format === 'yaml' || format === 'jsonl';
  if (!isData) terminal.stdout.write(vendoringText(vendoring, terminal.colour));
  const isWritten = !dryRun && (yes || (await confirm(terminal, 'Write these files?')));
  if (isWritten) await writeFiles(root, contentsOf(vendoring));
  const { bases, environments, changed, added } = vendoring;
  const document = { ...report(isWritten ? 'written' : 'planned', [...changed.keys(), ...added.keys()]), bases, environments };
  if (isData) printDocument(terminal, format, { document, text: '' });
  else terminal.stdout.write(isWritten ? 'written; look at it with git diff, and commit it\n' : notWritten(dryRun));
  return exitCode.done;
}

function notWritten(dryRun: boolean): string {
  return `${dryRun ? 'this was a dry run: ' : ''}nothing was written\n`;
}

function report(outcome: 'nothing' | 'refused' | 'planned' | 'written', files: readonly string[]): Readonly<Record<string, unknown>> {
  return { apiVersion, kind: 'Vendoring', outcome, files };
}

function contentsOf({ changed, added }: Vendoring): ReadonlyMap<string, NewContent> {
  const texts = [...changed].map(([path, { after }]) => [path, new TextEncoder().encode(after)] as const);
  return new Map([...texts, ...added].map(([path, bytes]): [string, NewContent] => [path, { kind: 'file', bytes, executable: false }]));
}
