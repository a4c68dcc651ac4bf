import { type IncomingMessage, type ServerResponse } from 'node:http';

import { serveHttpBackend } from './http-backend.ts';
import { parseGitTarget, repositoryExists, type GitTarget } from './repository-path.ts';

export type GitAccess = 'granted' | 'unauthenticated' | 'refused';

export interface GitHandlerOptions {
  readonly root: string;
  readonly authorize: (incoming: IncomingMessage, target: GitTarget) => GitAccess | Promise<GitAccess>;
  /** After a push was taken in, whether or not git accepted every ref. */
  readonly onPush?: (repository: string) => void;
}

/** Answers a smart HTTP request; false, untouched, when its path isn't one of Git's: so a forge can serve its API on the same port. */
export type GitHandler = (incoming: IncomingMessage, response: ServerResponse) => Promise<boolean>;

export function gitHandler(options: GitHandlerOptions): GitHandler {
  return async (incoming, response) => {
    const [path, query] = splitOnce(incoming.url ?? '', '?');
    const target = parseGitTarget(path);
    if (target === undefined) return false;
    const access = await options.authorize(incoming, target);
    if (access !== 'granted') refuse(response, access);
    else if (await repositoryExists(options.root, target.repository)) {
      await serveHttpBackend({ root: options.root, path, query }, incoming, response);
      if (target.endpoint === 'git-receive-pack') options.onPush?.(target.repository);
    } else response.writeHead(404).end('repository not found');
    return true;
  };
}

function refuse(response: ServerResponse, access: 'unauthenticated' | 'refused'): void {
  if (access === 'refused') response.writeHead(403).end('forbidden');
  else response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="git"' }).end('authentication required');
}

function splitOnce(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
