import { execFile } from 'node:child_process';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../usage-error.ts';
import type { CommandOutcome } from './stage.ts';

/** From `src/demo` and from `dist/demo` alike. */
const builtFile = join(import.meta.dirname, '../../../../packages/verifier/dist/fairlead-verify.js');

/** Puts the one file of the verifier where nothing else of Fairlead's is, as an auditor has it. */
export async function handOverVerifier(directory: string): Promise<void> {
  await copyFile(builtFile, join(directory, 'fairlead-verify.js')).catch(() => {
    throw new UsageError(`the demo needs the verifier, and ${builtFile} can't be read`, 'npm run build:verifier');
  });
}

/** Runs it as a process of its own, which gets no environment and stands in that directory. */
export function runVerifier(directory: string, words: readonly string[]): Promise<CommandOutcome> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['fairlead-verify.js', ...words], { cwd: directory, env: {} }, (_, stdout, stderr) => {
      resolve({ code: child.exitCode ?? 1, said: `${stdout}${stderr}` });
    });
  });
}
