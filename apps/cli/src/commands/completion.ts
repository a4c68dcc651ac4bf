import { shellScript, shells } from '../completion/shell-script.ts';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { UsageError } from '../usage-error.ts';

export const run: Run = ({ terminal, commands, args: [asked = ''] }) => {
  const shell = shells.find((known) => known === asked);
  if (shell === undefined) throw new UsageError(`no completion for ${JSON.stringify(asked)}`, `use one of: ${shells.join(', ')}`);
  terminal.stdout.write(shellScript(shell, commands));
  return Promise.resolve(exitCode.done);
};
