import { Readable, Writable } from 'node:stream';
import type { Program } from '../command.ts';
import type { CommandOutcome, Stage } from './stage.ts';

/** Shows a command of Fairlead's, runs it as its person would, and shows what it says. */
export type CommandLine = (...words: readonly string[]) => Promise<CommandOutcome>;

export interface CommandLineOptions {
  readonly stage: Stage;
  readonly program: Program;
  readonly server: string;
  readonly token: string;
  /** Where its person stands: files are named from here. */
  readonly directory: string;
}

/** Speaks to the server by HTTP with the person's token, and to nothing else: the configuration of whoever plays the demo is not read. */
export function commandLine({ stage, program, server, token, directory }: CommandLineOptions): CommandLine {
  const env = { HOME: directory, FAIRLEAD_SERVER: server, FAIRLEAD_TOKEN: token };
  return (...words) =>
    stage.command(['fairlead', ...words], async () => {
      let said = '';
      const output = new Writable({
        write(chunk: Buffer, _, done) {
          said += chunk.toString();
          done();
        },
      });
      const code = await program(words, {
        stdout: output,
        stderr: output,
        stdin: Readable.from([]),
        env,
        cwd: directory,
        interactive: false,
        colour: false,
        now: () => new Date(),
      });
      return { code, said };
    });
}
