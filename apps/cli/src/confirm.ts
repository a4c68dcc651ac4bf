import { createInterface } from 'node:readline/promises';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** Asks the person at the terminal. Without one, `--yes` has to be given. */
export async function confirm(terminal: Terminal, question: string): Promise<boolean> {
  if (!terminal.interactive) throw new UsageError('this changes something and nobody is here to ask', 'add --yes');
  const lines = createInterface({ input: terminal.stdin, output: terminal.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
  } finally {
    lines.close();
  }
}
