import { Readable, Writable } from 'node:stream';
import type { Program } from '../command.ts';
import type { CommandOutcome, Shown, Stage } from './stage.ts';

/** Shows a command of Fairlead's, runs it as its person would, and shows what it says. */
export type CommandLine = (words: readonly string[], shown?: Shown) => Promise<CommandOutcome>;

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
  const run = async (words: readonly string[]): Promise<CommandOutcome> => {
    let said = '';
    const output = new Writable({
      write(chunk: Buffer, _, done) {
        said += chunk.toString();
        done();
      },
    });
    const silent = { stdin: Readable.from([]), interactive: false, colour: false };
    const code = await program(words, { ...silent, stdout: output, stderr: output, env, cwd: directory, now: () => new Date() });
    return { code, said };
  };
  return (words, shown) => stage.command(['fairlead', ...words], () => run(words), shown);
}
