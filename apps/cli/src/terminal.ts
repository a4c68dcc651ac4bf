/** Where a command reads and writes. stdout is data, stderr is progress. */
export interface Terminal {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly stdin: NodeJS.ReadableStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** A person watches stderr. */
  readonly interactive: boolean;
  readonly colour: boolean;
  /** How many characters a line of stdout has room for, where it is a terminal. */
  readonly columns?: number;
  readonly now: () => Date;
}

type Output = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** What of the process a terminal is made of. */
export interface TerminalProcess extends Pick<Terminal, 'stdin' | 'env'> {
  readonly stdout: Output;
  readonly stderr: Output;
  cwd(): string;
}

export function processTerminal(process: TerminalProcess): Terminal {
  const { env } = process;
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    env,
    cwd: process.cwd(),
    interactive: process.stderr.isTTY === true && env['CI'] === undefined,
    colour: process.stdout.isTTY === true && (env['NO_COLOR'] ?? '') === '',
    ...(process.stdout.columns === undefined ? {} : { columns: process.stdout.columns }),
    now: () => new Date(),
  };
}
