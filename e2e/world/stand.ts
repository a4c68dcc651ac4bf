import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Call, Role } from '@fairlead/api';
import { startExampleWorld, type ExampleWorld, type ExampleWorldOptions } from '@fairlead/sandbox';
import { clientOf, signIn } from './api.ts';
import { startFairleadServer, worldWords, type FairleadServer } from './fairlead-server.ts';
import { example, history, releaseFile } from './paths.ts';

/** A short folder of its own, open for the user that runs root's PostgreSQL. */
export interface Home extends AsyncDisposable {
  readonly path: string;
}

export async function temporaryHome(): Promise<Home> {
  const path = await mkdtemp(join(tmpdir(), 'fl-e2e-'));
  await chmod(path, 0o711);
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** The example's world, a server in a process of its own that works on it, and its admin. */
export interface Stand extends AsyncDisposable {
  readonly home: string;
  readonly data: string;
  readonly world: ExampleWorld;
  /** The one that runs now. */
  server(): FairleadServer;
  admin(): Call;
  adminToken(): string;
  /** A new token for a person. */
  token(user: string, role: Role, environments?: readonly string[]): Promise<string>;
  /** A person with a token of their own. */
  person(user: string, role: Role, environments?: readonly string[]): Promise<Call>;
  /** Kills the server, and starts another on the same data and address. */
  crash(): Promise<void>;
  /** Stops the server in order, and starts another on the same data and address; gives its sign-in link. */
  restart(): Promise<string>;
}

export async function startStand(
  hooks: Pick<ExampleWorldOptions, 'controller' | 'kubeconfig' | 'onPush' | 'onRoute'> = {},
): Promise<Stand> {
  const stack = new AsyncDisposableStack();
  const home = stack.use(await temporaryHome()).path;
  const world = stack.use(await startExampleWorld({ folder: join(home, 'world'), example, history, ...hooks }));
  const data = join(home, 'data');
  const start = (address?: string): Promise<FairleadServer> =>
    startFairleadServer({ home, data, words: worldWords(world), ...(address === undefined ? {} : { address }) });
  let server = await start();
  stack.defer(() => server[Symbol.asyncDispose]());
  const token = await signIn(server.link);
  const admin = (): Call => clientOf(server.url, token);
  for (const version of ['1.41.0', '1.42.0']) {
    await admin()('registerRelease', { body: { manifest: await readFile(releaseFile(version), 'utf8') } });
  }
  const tokenFor: Stand['token'] = async (user, role, environments) => {
    const body = { user, role, ...(environments === undefined ? {} : { environments }) };
    return (await admin()('createToken', { body })).token;
  };
  return {
    home,
    data,
    world,
    admin,
    server: () => server,
    adminToken: () => token,
    token: tokenFor,
    person: async (user, role, environments) => clientOf(server.url, await tokenFor(user, role, environments)),
    async crash() {
      await server.kill();
      server = await start(new URL(server.url).host);
    },
    async restart() {
      await server.stop();
      server = await start(new URL(server.url).host);
      return server.link;
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
