import { z } from 'zod';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { diffBase } from '../local/diff-base.ts';
import { noEnvironment } from '../local/no-environment.ts';
import { openWorld } from '../local/wire.ts';
import { parseOptions } from '../options.ts';
import { diffText } from '../output/diff-text.ts';
import { printDocument } from '../output/print.ts';

const Options = z.object({ base: z.string().min(1).optional() });

export const run: Run = async ({ terminal, args: [path], options, format }) => {
  const { base: named } = parseOptions(Options, options);
  await using world = await openWorld(terminal, path);
  const base = await diffBase(world.checkout, named);
  terminal.stderr.write(`compared with ${base.name}\n`);
  const items = await world.diff(base.commit);

  if (items.length === 0) throw noEnvironment(world);
  const document = {
    apiVersion: 'fairlead.dev/v1',
    kind: 'EnvironmentDiffList',
    ...(base.commit === 'nothing' ? {} : { base: { commit: base.commit } }),
    items,
  };
  const text = diffText(items, format !== 'md' && terminal.colour);
  printDocument(terminal, format, { document, text: format === 'md' ? `\`\`\`diff\n${text}\`\`\`\n` : text });
  return items.every(({ kind }) => kind === 'unchanged') ? exitCode.done : exitCode.contentSaysNo;
};
