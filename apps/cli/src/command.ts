import type { ExitCode } from './exit-code.ts';
import type { OutputFormat } from './output/output-format.ts';
import type { Terminal } from './terminal.ts';

/** One call of a command: words and options as typed; the command parses its own. */
export interface Invocation {
  readonly terminal: Terminal;
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly format: OutputFormat;
  /** All that there are. */
  readonly commands: readonly CommandSpec[];
  /** The program that this is a call of: a command that shows other commands calls them by it. */
  readonly program: Program;
}

/** Parses the words, runs the command and gives its exit code. Never throws. */
export type Program = (words: readonly string[], terminal: Terminal) => Promise<ExitCode>;

export type Run = (invocation: Invocation) => Promise<ExitCode>;

/** What help and parser know of a command. Its code is loaded when it runs, so that `--help` stays quick. */
export interface CommandSpec {
  /** `promotion list`: noun and verb, or one verb. */
  readonly name: string;
  readonly summary: string;
  /** As commander writes them: `<ID>`, `[PATH]`, `<FILES...>`. */
  readonly args?: string;
  readonly options?: readonly Option[];
  /** What `-o` takes besides the formats of every command. */
  readonly formats?: readonly string[];
  /** The command makes a file: `-o` names it, and there are no formats. */
  readonly makesFile?: true;
  readonly examples: readonly string[];
  readonly load: () => Promise<{ readonly run: Run }>;
}

/** Flags and description; `many` collects repeated ones. */
type Option = readonly [flags: string, description: string, rest?: { readonly many?: true }];
