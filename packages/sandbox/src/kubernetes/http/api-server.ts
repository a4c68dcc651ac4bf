import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { StatusError } from '../api/status-error.ts';
import { actingUser, authenticate, type AccessToken } from './access.ts';
import { json, type Answer } from './answer.ts';
import type { ApiRequest } from './api-request.ts';
import { discoveryRoute, publicRoute } from './discovery-routes.ts';
import { readBody } from './read-body.ts';
import { resourceRoute } from './resource-routes.ts';
import { reviewRoute } from './review-routes.ts';
import type { Served } from './served.ts';
import { streamWatch } from './watch-stream.ts';

export interface ApiServerOptions {
  readonly served: Served;
  readonly tokens: readonly AccessToken[];
  /** 0: any free one. */
  readonly port: number;
}

export interface ApiServer {
  readonly url: string;
  close(): Promise<void>;
}

export async function startApiServer({ served, tokens, port }: ApiServerOptions): Promise<ApiServer> {
  const watches = new Set<() => void>();
  const server = createServer((incoming, response) => {
    void serve({ served, tokens, watches }, incoming, response);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${bound.toString()}`,
    async close() {
      for (const end of watches) end();
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}

interface Serving {
  readonly served: Served;
  readonly tokens: readonly AccessToken[];
  readonly watches: Set<() => void>;
}

async function serve(serving: Serving, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = await answerTo(serving, incoming);
  if (response.destroyed) return;
  switch (answer.kind) {
    case 'json':
      response.writeHead(answer.code, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
      return;
    case 'text':
      response.writeHead(answer.code, { 'content-type': 'text/plain; charset=utf-8' }).end(answer.text);
      return;
    case 'watch': {
      const end = streamWatch(response, answer);
      serving.watches.add(end);
      response.on('close', () => serving.watches.delete(end));
    }
  }
}

async function answerTo({ served, tokens }: Serving, incoming: IncomingMessage): Promise<Answer> {
  const { url = '/', method = 'GET', headers } = incoming;
  try {
    const { pathname: path, searchParams: query } = new URL(url, 'http://127.0.0.1');
    const open = publicRoute(path);
    if (open !== undefined) return open;
    const impersonated = [headers['impersonate-user']].flat()[0];
    const user = actingUser(tokens, authenticate(tokens, headers.authorization ?? ''), impersonated);
    const contentType = mediaType(headers['content-type'] ?? '');
    const userAgent = headers['user-agent'] ?? '';
    return route(served, { method, path, query, userAgent, contentType, user, body: await readBody(incoming) });
  } catch (error) {
    return failure(error);
  }
}

function failure(error: unknown): Answer {
  if (error instanceof StatusError) return json(error.toStatus(), error.code);
  const message = error instanceof Error ? (error.stack ?? error.message) : 'unknown';
  return json({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', reason: 'InternalError', message, code: 500 }, 500);
}

function route(served: Served, request: ApiRequest): Answer {
  const discovered = request.method === 'GET' ? discoveryRoute(served.cluster.registry, request.path) : undefined;
  return discovered ?? reviewRoute(request) ?? resourceRoute(served, request);
}

function mediaType(header: string): string {
  return (header.split(';')[0] ?? '').trim().toLowerCase();
}
