import { z } from 'zod';
import { shellScript, shells } from '../completion/shell-script.ts';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { parseOptions } from '../options.ts';
import { UsageError } from '../usage-error.ts';

const Options = z.object({ names: z.enum(['environments'], { error: 'expected environments' }).optional() });

export const run: Run = async ({ terminal, commands, args: [asked = ''], options }) => {
  const shell = shells.find((known) => known === asked);
  if (shell === undefined) throw new UsageError(`no completion for ${JSON.stringify(asked)}`, `use one of: ${shells.join(', ')}`);
  const { names } = parseOptions(Options, options);
  const words = names === undefined ? shellScript(shell, commands) : (await environmentNames(terminal)).map((name) => `${name}\n`).join('');
  terminal.stdout.write(words);
  return exitCode.done;
};

/** Each by its whole name, and by the last part of it. A name that a shell could take for more than a word is left out. */
async function environmentNames(terminal: Parameters<Run>[0]['terminal']): Promise<readonly string[]> {
  const { openWorld } = await import('../local/wire.ts');
  await using world = await openWorld(terminal);
  const names = (await world.environments()).flatMap(({ name, declared }) =>
    declared === undefined ? [name] : [name, declared.environment.metadata.name],
  );
  return [...new Set(names)].filter((name) => /^[\w./-]+$/.test(name));
}
