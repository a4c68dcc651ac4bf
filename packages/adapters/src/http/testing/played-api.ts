import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { KubeConfig } from '@kubernetes/client-node';

export interface PlayedRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/** An API server that says what a test wants it to say. */
export interface PlayedApi {
  readonly url: string;
  readonly kubeConfig: KubeConfig;
  readonly asked: readonly PlayedRequest[];
  close(): void;
}

/** `play` answers the request with this number, from 0. What it leaves open stays open. */
export async function playApi(play: (request: PlayedRequest, response: ServerResponse, number: number) => void): Promise<PlayedApi> {
  const asked: PlayedRequest[] = [];
  const server = createServer(({ url = '/', headers }, response) => {
    const { pathname: path, searchParams: query } = new URL(url, 'http://played');
    const request = { path, query, headers };
    asked.push(request);
    play(request, response, asked.length - 1);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const url = `http://127.0.0.1:${String(typeof address === 'object' && address !== null ? address.port : 0)}`;
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromClusterAndUser({ name: 'played', server: url, skipTLSVerify: true }, { name: 'nobody' });
  return {
    url,
    kubeConfig,
    asked,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

export function answer(response: ServerResponse, body: unknown, code = 200): void {
  response.writeHead(code, { 'content-type': 'application/json' }).end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** Begins a watch with these frames, and leaves it open. */
export function stream(response: ServerResponse, ...frames: readonly unknown[]): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
  for (const frame of frames) response.write(`${JSON.stringify(frame)}\n`);
}

export function status(code: number, reason: string): object {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason, code, message: reason };
}
