import { InvalidError, renderFault } from '@fairlead/domain';
import { z } from 'zod';
import type { Invocation, Run } from '../command.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';
import { readPrintedText } from '../local/read-text-file.ts';
import { openWorld, type LocalWorld } from '../local/wire.ts';
import { parseOptions } from '../options.ts';
import { comparedText } from '../output/diff-text.ts';
import { printDocument } from '../output/print.ts';

const Options = z.object({ compare: z.string().min(1).optional() });

/** The bytes of `kustomize build`, nothing more and nothing less; or how they differ from somebody else's. */
export const run: Run = async (invocation) => {
  const { terminal, args, options } = invocation;
  const { compare: file } = parseOptions(Options, options);
  const [path] = args;
  await using world = await openWorld(terminal, path);
  return await (file === undefined ? print(invocation, world) : compare(invocation, world, file));
};

async function print({ terminal, format }: Invocation, world: LocalWorld): Promise<ExitCode> {
  const outcome = await world.render();
  if (outcome.kind === 'failed') {
    const { message, fix } = renderFault(outcome);
    throw new InvalidError(outcome.code, message, { hint: fix });
  }
  const { yaml, objects, digest, versions } = outcome;
  if (format === 'table' || format === 'wide' || format === 'yaml') terminal.stdout.write(yaml);
  else {
    const document = { apiVersion: 'fairlead.dev/v1', kind: 'RenderedObjects', path: world.path, digest, versions, items: objects };
    printDocument(terminal, format, { document, text: yaml });
  }
  return exitCode.done;
}

async function compare({ terminal, format }: Invocation, world: LocalWorld, file: string): Promise<ExitCode> {
  const where = file === '-' ? 'stdin' : file;
  const outcome = await world.compare(await readPrintedText(terminal, file));
  if (outcome.kind === 'failed') {
    const whose = outcome.of === 'theirs' ? `${where} can't be read as objects: ` : '';
    throw new InvalidError(outcome.code, `${whose}${outcome.message}`, { hint: outcome.fix });
  }
  const { theirs, ours, changes } = outcome;
  const document = { apiVersion: 'fairlead.dev/v1', kind: 'RenderComparison', path: world.path, theirs, ours, items: changes };
  printDocument(terminal, format, { document, text: comparedText(changes, format !== 'md' && terminal.colour) });
  const said = changes.length === 0 ? 'no difference' : `${String(changes.length)} differ`;
  terminal.stderr.write(`${String(theirs)} objects in ${where}, ${String(ours)} rendered here: ${said}\n`);
  return changes.length === 0 ? exitCode.done : exitCode.contentSaysNo;
}
