import { exitCode } from './exit-code.ts';

/** Ends the process where going on is pointless: nobody reads its output any more, or somebody pressed Ctrl-C and no command answers to that itself. */
export function endEarly(process: NodeJS.Process): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit();
    });
  }
  process.on('SIGINT', () => {
    if (process.listenerCount('SIGINT') === 1) process.exit(exitCode.interrupted);
  });
}
