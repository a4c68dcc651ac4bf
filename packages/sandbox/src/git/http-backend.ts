import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

import { gitConfigEnvironment, isolatedGitEnvironment } from './isolated-git.ts';

const settings = {
  'http.receivepack': 'true',
  'uploadpack.allowFilter': 'true',
  'uploadpack.allowAnySHA1InWant': 'true',
  'safe.directory': '*',
};

export interface BackendRequest {
  readonly root: string;
  readonly path: string;
  readonly query: string;
}

/** Hands one request to git's own CGI program: what clients see is what a real server would say. */
export async function serveHttpBackend(request: BackendRequest, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const child = spawn('git', ['http-backend'], { env: backendEnvironment(request, incoming), stdio: 'pipe' });
  child.stderr.resume();
  response.once('close', () => child.kill());
  await once(child, 'spawn');
  // A client that leaves early, or a backend that has heard enough, is no fault of the server's.
  const upload = pipeline(incoming, child.stdin).catch(() => undefined);
  await answer(child, response);
  await upload;
}

function backendEnvironment({ root, path, query }: BackendRequest, incoming: IncomingMessage): NodeJS.ProcessEnv {
  const header = (name: string): string => String(incoming.headers[name] ?? '');
  const length = header('content-length');
  return isolatedGitEnvironment({
    ...gitConfigEnvironment(settings),
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: path,
    QUERY_STRING: query,
    REQUEST_METHOD: incoming.method ?? 'GET',
    CONTENT_TYPE: header('content-type'),
    HTTP_CONTENT_ENCODING: header('content-encoding'),
    GIT_PROTOCOL: header('git-protocol'),
    REMOTE_USER: 'sandbox',
    REMOTE_ADDR: incoming.socket.remoteAddress ?? '',
    ...(length === '' ? {} : { CONTENT_LENGTH: length }),
  });
}

async function answer(child: ChildProcessWithoutNullStreams, response: ServerResponse): Promise<void> {
  let head = Buffer.alloc(0);
  for await (const chunk of child.stdout) {
    if (response.headersSent) {
      if (!response.write(chunk)) await drained(response);
      continue;
    }
    head = Buffer.concat([head, Buffer.from(chunk)]);
    const end = head.indexOf('\r\n\r\n');
    if (end === -1) continue;
    writeHead(head.subarray(0, end).toString('latin1'), response);
    response.write(head.subarray(end + 4));
  }
  if (!response.headersSent) response.writeHead(500);
  response.end();
}

/** Or closed. What did not come first is waited for no longer. */
async function drained(response: ServerResponse): Promise<void> {
  const came = new AbortController();
  const options = { signal: came.signal };
  await Promise.race([once(response, 'drain', options), once(response, 'close', options)]);
  came.abort();
}

function writeHead(head: string, response: ServerResponse): void {
  let status = 200;
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10);
    else response.setHeader(name, value);
  }
  response.writeHead(status);
}
