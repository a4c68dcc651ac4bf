import type { ChildProcess } from 'node:child_process';
import { mkdir, realpath, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { roles, writeAccessRules, type Role } from './access-rules.ts';
import { prepareDataDirectory } from './data-directory.ts';
import { clearLeftOverServer } from './left-over-server.ts';
import { installPrograms } from './programs.ts';
import { databaseName, provision, type ServerConnection } from './provision.ts';
import { launchServer, type ServerExit, type ServerProcess } from './server-process.ts';
import { requireReachable, serverUser } from './server-user.ts';
import { prepareSocketDirectory, socketPort } from './socket-directory.ts';

export interface EmbeddedOptions {
  /** Made if absent; the server's files are in its folder `postgres`. */
  readonly dataDir: string;
  /** Where the programs are copied to, once for each version. Root: /var/lib/fairlead, else ~/.local/state/fairlead. */
  readonly stateDir?: string;
  /** Where the socket is; a short path. Root: /run/fairlead, else fairlead-<uid> in the temporary directory. */
  readonly runtimeDir?: string;
  /** Server settings beyond ours. */
  readonly settings?: Readonly<Record<string, string>>;
}

const stopWaitMs = 30_000;

/** Starts the PostgreSQL that we bring on a data directory, of which it is the only user, and ends it with this process, however that ends. */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const isRoot = process.getuid?.() === 0;
  await mkdir(options.dataDir, { recursive: true, mode: isRoot ? 0o711 : 0o700 });
  const dataDir = await realpath(resolve(options.dataDir));
  const data = join(dataDir, 'postgres');
  const user = await serverUser(data);
  await requireReachable(dataDir, user);
  const programs = await installPrograms(options.stateDir ?? defaultStateDir(isRoot), user);
  const socketDirectory = await prepareSocketDirectory(options.runtimeDir ?? defaultRuntimeDir(isRoot), data, user);
  await clearLeftOverServer(data);
  await prepareDataDirectory(data, programs, user);
  const access = await writeAccessRules(join(dataDir, 'postgres-access'), user);

  const server = await launchServer({ programs, data, socketDirectory, access, user, settings: options.settings ?? {} });
  const embedded = new EmbeddedPostgres(server, socketDirectory);
  await provision(socketDirectory).catch(async (error: unknown) => {
    await embedded.stop();
    throw error;
  });
  return embedded;
}

function defaultStateDir(isRoot: boolean): string {
  return isRoot ? '/var/lib/fairlead' : join(homedir(), '.local/state/fairlead');
}

function defaultRuntimeDir(isRoot: boolean): string {
  return isRoot ? '/run/fairlead' : join(tmpdir(), `fairlead-${String(process.getuid?.())}`);
}

/** A running server and the means to stop it. */
export class EmbeddedPostgres {
  /** Settles when the server has ended, for whatever reason. */
  readonly exited: Promise<ServerExit>;
  readonly #child: ChildProcess;
  readonly #socketDirectory: string;

  constructor({ child, exited }: ServerProcess, socketDirectory: string) {
    this.#child = child;
    this.exited = exited;
    this.#socketDirectory = socketDirectory;
  }

  /** The process id of the server. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  connection(role: Role, database: string = databaseName): ServerConnection {
    return { host: this.#socketDirectory, port: socketPort, user: roles[role], database };
  }

  /** Ends the sessions, then the server; one that doesn't end in 30 s is stopped as by a crash, from which it recovers. */
  async stop(): Promise<void> {
    this.#child.kill('SIGINT');
    const patience = new AbortController();
    const late = delay(stopWaitMs, 'late' as const, { signal: patience.signal }).catch(() => 'ended' as const);
    if ((await Promise.race([this.exited, late])) === 'late') this.#child.kill('SIGQUIT');
    patience.abort();
    await this.exited;
    await rm(this.#socketDirectory, { recursive: true, force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}
