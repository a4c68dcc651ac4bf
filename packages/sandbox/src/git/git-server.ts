import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { dirname, join } from 'node:path';

import { carriesToken } from './git-access.ts';
import { gitHandler } from './git-handler.ts';
import { git } from './isolated-git.ts';
import { repositoryFolder } from './repository-path.ts';

export interface GitServerOptions {
  /** Holds bare repositories; created when absent. */
  readonly root: string;
  readonly port?: number;
  /** Demanded of every request when given, as bearer token or as basic password. */
  readonly token?: string;
  readonly onPush?: (repository: string) => void;
}

export interface GitServer extends AsyncDisposable {
  readonly url: string;
  repositoryUrl(name: string): string;
  /** An empty bare repository whose default branch is `main`; returns its path. */
  createRepository(name: string): Promise<string>;
}

/** Git over smart HTTP on the loopback address: git's own `http-backend` behind a small server. */
export async function startGitServer(options: GitServerOptions): Promise<GitServer> {
  const { root, port = 0, token, onPush } = options;
  await mkdir(root, { recursive: true });
  const handle = gitHandler({
    root,
    authorize: ({ headers }) => (token === undefined || carriesToken(headers.authorization, token) ? 'granted' : 'unauthenticated'),
    ...(onPush === undefined ? {} : { onPush }),
  });
  const server = createServer((incoming, response) => {
    handle(incoming, response).then(
      (handled) => {
        if (!handled) response.writeHead(404).end('not found');
      },
      () => response.destroy(),
    );
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${String(portOf(server))}`;

  return {
    url,
    repositoryUrl: (name) => `${url}/${repositoryFolder(name)}`,
    createRepository: (name) => createBareRepository(join(root, repositoryFolder(name))),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function createBareRepository(path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await git(['init', '--quiet', '--bare', '--initial-branch=main', path], dirname(path));
  return path;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('git server has no port');
  return address.port;
}
