import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { askGo, requireGo } from '../cluster/go-toolchain.ts';

/** A registry that somebody else wrote, on loopback. */
export interface StartedRegistry extends AsyncDisposable {
  /** `127.0.0.1:port` */
  readonly host: string;
}

const sources = join(import.meta.dirname, 'go');

/** go-containerregistry's registry, built by Go the first time. */
export async function startGoRegistry(...words: readonly string[]): Promise<StartedRegistry> {
  await requireGo(sources);
  const folder = await mkdtemp(join(tmpdir(), 'fl-registry-'));
  const program = join(folder, 'registry');
  await askGo(['build', '-mod=readonly', '-trimpath', '-buildvcs=false', '-o', program, '.'], sources);
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  return started({ child, folder, line: /^(127\.0\.0\.1:\d+)$/, output: child.stdout });
}

/** bob may with `secret-of-bob`. */
const htpasswd = 'bob:$2a$04$.iCI1BesMDVrkqkUum1vHurTXuvBPrNwKocpqWPgGPwU22t0CO.om\n';

/** Distribution, the registry of Docker, as Debian packages it. */
export async function startDebianRegistry(auth: 'open' | 'password'): Promise<StartedRegistry> {
  const folder = await mkdtemp(join(tmpdir(), 'fl-registry-'));
  await writeFile(join(folder, 'htpasswd'), htpasswd);
  const guarded = auth === 'open' ? {} : { auth: { htpasswd: { realm: 'test', path: join(folder, 'htpasswd') } } };
  const config = {
    version: 0.1,
    storage: { filesystem: { rootdirectory: join(folder, 'data') } },
    http: { addr: '127.0.0.1:0' },
    log: { accesslog: { disabled: true }, formatter: 'text' },
    ...guarded,
  };
  await writeFile(join(folder, 'config.yml'), JSON.stringify(config));
  const child = spawn('docker-registry', ['serve', join(folder, 'config.yml')], { stdio: ['ignore', 'ignore', 'pipe'] });
  return started({ child, folder, line: /listening on (127\.0\.0\.1:\d+)/, output: child.stderr });
}

interface Starting {
  readonly child: ChildProcess;
  readonly folder: string;
  /** What says the address. */
  readonly line: RegExp;
  readonly output: NodeJS.ReadableStream;
}

async function started({ child, folder, line, output }: Starting): Promise<StartedRegistry> {
  const lines = createInterface({ input: output });
  const host = await new Promise<string>((resolve, reject) => {
    lines.on('line', (text) => {
      const found = line.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`the registry ended with ${String(code)} before it listened`));
    });
  });
  return {
    host,
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
