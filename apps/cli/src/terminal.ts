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
  readonly now: () => Date;
}

export function processTerminal(process: NodeJS.Process): Terminal {
  const { env } = process;
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    env,
    cwd: process.cwd(),
    interactive: process.stderr.isTTY && env['CI'] === undefined,
    colour: process.stdout.isTTY && (env['NO_COLOR'] ?? '') === '',
    now: () => new Date(),
  };
}
