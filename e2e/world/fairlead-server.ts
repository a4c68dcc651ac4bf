import { createInterface } from 'node:readline';
import type { ExampleWorld } from '@fairlead/sandbox';
import { exitOf, spawnFairlead } from './fairlead-program.ts';

/** A running `fairlead server`, in a process of its own. */
export interface FairleadServer extends AsyncDisposable {
  readonly url: string;
  /** Good for one sign-in. */
  readonly link: string;
  /** What it logged so far, one JSON document a line. */
  log(): string;
  /** As by a power cut: nothing is written, nothing is closed. */
  kill(): Promise<void>;
  /** As by a service manager, or by a person; gives the exit code. */
  stop(signal?: 'SIGTERM' | 'SIGINT'): Promise<number | null>;
}

export interface ServerOptions {
  readonly home: string;
  readonly data: string;
  /** Of the server that it takes the place of, so that what points to it stays true. */
  readonly address?: string;
  readonly words?: readonly string[];
}

export async function startFairleadServer({ home, data, address = '127.0.0.1:0', words = [] }: ServerOptions): Promise<FairleadServer> {
  const child = spawnFairlead(['server', '--data', data, '--listen', address, ...words], { home });
  const exited = exitOf(child);
  let logged = '';
  child.stderr?.setEncoding('utf8').on('data', (part: string) => (logged += part));
  const { url, link } = await readiness(child.stdout, exited).catch((error: unknown) => {
    throw new Error(`the server did not start:\n${logged}`, { cause: error });
  });
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    return exited;
  };
  return {
    url,
    link,
    log: () => logged,
    async kill() {
      await end('SIGKILL');
    },
    stop: (signal = 'SIGTERM') => end(signal),
    async [Symbol.asyncDispose]() {
      await end('SIGTERM');
    },
  };
}

async function readiness(
  output: NodeJS.ReadableStream | null,
  exited: Promise<number | null>,
): Promise<{ readonly url: string; readonly link: string }> {
  if (output === null) throw new Error('no output');
  const lines = createInterface({ input: output });
  const found = new Promise<{ readonly url: string; readonly link: string }>((resolve) => {
    lines.on('line', (line) => {
      const link = /https?:\/\/\S+\/login\?code=\S+/.exec(line)?.[0];
      if (link !== undefined) resolve({ url: new URL(link).origin, link });
    });
  });
  const ended = exited.then((code) => {
    throw new Error(`it ended with ${String(code)}`);
  });
  return Promise.race([found, ended]);
}

/** The words by which a server finds everything of the world. */
export function worldWords(world: ExampleWorld): readonly string[] {
  const allowed = Object.values(world.routes).flatMap(({ address }) => ['--allow', address]);
  return ['--repository', `env=${world.repositoryUrl}`, '--cluster', `sandbox=${world.kubeconfigPath}`, ...allowed];
}
