import { KubeConfig } from '@kubernetes/client-node';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';

import { isJsonObject, parseJson, textAt, type Json } from '../json/json.ts';

type Verb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface KubeRequest {
  readonly verb: Verb;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Json;
  /** Of the body; plain JSON by default. */
  readonly contentType?: string;
  /** The user on whose behalf the server judges the request. */
  readonly impersonate?: string;
}

/** The API server refused: `message` is its own sentence, without a prefix of ours, because controllers copy it into their status. */
export class KubeApiError extends Error {
  readonly status: number;
  readonly reason: string;

  constructor(status: number, body: Json | undefined) {
    super(textAt(body, 'message') ?? `the server answered ${String(status)}`);
    this.status = status;
    this.reason = textAt(body, 'reason') ?? '';
  }
}

/** JSON as it is on the wire: the generated client would rename, convert and drop fields, which a comparison can't have. */
export interface KubeClient {
  /** Its address. */
  readonly server: string;
  send(request: KubeRequest): Promise<Json>;
  /** The response's body while it arrives; ends when the signal does. */
  stream(path: string, query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<IncomingMessage>;
  close(): void;
}

/** `agent` names the program, as servers log it. */
export async function kubeClient(kubeconfig: string, agent = 'sandbox'): Promise<KubeClient> {
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  const server = new URL(config.getCurrentCluster()?.server ?? 'http://127.0.0.1');
  const connection = await connectionOf(config, server, agent);

  const open = (request: KubeRequest, signal?: AbortSignal): Promise<IncomingMessage> =>
    sendRequest({ server, connection, request, signal });
  return {
    server: server.href.replace(/\/$/, ''),
    async send(request) {
      const response = await open(request);
      return bodyOf(response, await text(response));
    },
    async stream(path, query, signal) {
      const response = await open({ verb: 'GET', path, query }, signal);
      if (response.statusCode !== 200) bodyOf(response, await text(response));
      return response;
    },
    close: () => {
      connection.agent.destroy();
    },
  };
}

interface Connection {
  readonly agent: HttpAgent;
  readonly headers: Readonly<Record<string, string>>;
}

async function connectionOf(config: KubeConfig, server: URL, userAgent: string): Promise<Connection> {
  const options: RequestOptions & { ca?: unknown } = {};
  await config.applyToHTTPSOptions(options);
  const { ca, cert, key, rejectUnauthorized } = {
    ca: undefined,
    cert: undefined,
    key: undefined,
    rejectUnauthorized: undefined,
    ...options,
  };
  const tls = Object.fromEntries(Object.entries({ ca, cert, key, rejectUnauthorized }).filter(([, value]) => value !== undefined));
  const agent = server.protocol === 'https:' ? new HttpsAgent({ keepAlive: true, ...tls }) : new HttpAgent({ keepAlive: true });
  return { agent, headers: { ...headersOf(options.headers), accept: 'application/json', 'user-agent': userAgent } };
}

function headersOf(headers: RequestOptions['headers']): Record<string, string> {
  if (headers === undefined || Array.isArray(headers)) return {};
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
}

interface Outgoing {
  readonly server: URL;
  readonly connection: Connection;
  readonly request: KubeRequest;
  readonly signal: AbortSignal | undefined;
}

function sendRequest({ server, connection, request, signal }: Outgoing): Promise<IncomingMessage> {
  const url = new URL(server.pathname.replace(/\/$/, '') + request.path, server);
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const headers = { ...connection.headers, ...(request.impersonate !== undefined && { 'impersonate-user': request.impersonate }) };
  const bodyHeaders =
    body === undefined ? {} : { 'content-type': request.contentType ?? 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const outgoing = open(
      url,
      {
        method: request.verb,
        agent: connection.agent,
        headers: { ...headers, ...bodyHeaders },
        ...(signal === undefined ? {} : { signal }),
      },
      resolve,
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function bodyOf(response: IncomingMessage, content: string): Json {
  const status = response.statusCode ?? 0;
  const body = content.startsWith('{') ? parseJson(content) : undefined;
  if (status >= 400 || !isJsonObject(body)) throw new KubeApiError(status, body);
  return body;
}
