import { ApiException, HttpMethod, RequestContext, type KubeConfig } from '@kubernetes/client-node';
import { InvariantError } from '@fairlead/domain';
import { Agent, type Dispatcher } from 'undici';
import { reusingConnections } from '../kubernetes-api.ts';
import { unexpectedAnswer } from './unexpected-answer.ts';

/** A Kubernetes API by path, for what the generated client can't do or does at too high a price: any kind, foreign representations, long watches. Whatever is
 *  not a success is thrown as the client's `ApiException`, with the answer's status as its code. */
export interface KubernetesWire {
  /** One answer, whole, before the deadline. */
  ask(request: WireRequest): Promise<WireAnswer>;
  /** An answer of success, as its bytes come. The deadline is for its beginning; afterwards only `signal` ends it. */
  open(request: WireRequest): Promise<AsyncIterable<Buffer>>;
}

interface WireRequest {
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Default: plain JSON. */
  readonly accept?: string;
  /** Sent as JSON by POST. */
  readonly body?: object;
  /** Sent by PATCH, as a JSON patch. */
  readonly patch?: readonly object[];
  /** Sent by PATCH, as a server-side apply. */
  readonly apply?: object;
  /** Of an answer that we have: it isn't sent again. */
  readonly etag?: string;
  /** A longer answer is not read to its end. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

interface WireAnswer {
  /** `undefined`: what we have of this `etag` still holds. */
  readonly body: unknown;
  readonly etag: string | undefined;
  /** The server's clock. */
  readonly date: string | undefined;
}

/** An answer beyond `maxBytes`. */
export class AnswerTooLong extends Error {}

export interface WireOptions {
  readonly timeoutMs: number;
}

export function kubernetesWire(kubeConfig: KubeConfig, { timeoutMs }: WireOptions): KubernetesWire {
  const cluster = kubeConfig.getCurrentCluster();
  if (cluster === null) throw new InvariantError('kubeconfig-without-cluster', 'the kubeconfig has no current cluster');
  const signIn = reusingConnections(kubeConfig);
  // A server whose certificate every machine trusts needs no settings, so the client makes no pool for it.
  const plain = new Agent({ connect: { keepAlive: true, keepAliveInitialDelay: 30_000 } });

  const send = async (request: WireRequest, signal: AbortSignal): Promise<Dispatcher.ResponseData> => {
    const url = urlOf(cluster.server, request);
    const { method, content } = contentOf(request);
    const context = new RequestContext(url.href, HttpMethod[method]);
    await signIn.applySecurityAuthentication(context);
    signal.throwIfAborted();
    return (context.getDispatcher() ?? plain).request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method,
      headers: {
        ...context.getHeaders(),
        accept: request.accept ?? 'application/json',
        'user-agent': 'fairlead',
        ...(content === undefined ? {} : { 'content-type': content.type }),
        ...(request.etag === undefined ? {} : { 'if-none-match': request.etag }),
      },
      ...(content === undefined ? {} : { body: JSON.stringify(content.body) }),
      headersTimeout: 0,
      bodyTimeout: 0,
      signal,
    });
  };

  return {
    async ask(request) {
      const signal = withDeadline(request.signal, timeoutMs);
      const { statusCode, headers, body } = await send(request, signal);
      const text = await textOf(body, request.maxBytes ?? Number.POSITIVE_INFINITY);
      if (statusCode !== 304 && statusCode >= 300) throw refusal(statusCode, text);
      return { body: statusCode === 304 ? undefined : parsed(text), etag: oneOf(headers['etag']), date: oneOf(headers['date']) };
    },
    async open(request) {
      const beginning = new AbortController();
      const deadline = setTimeout(() => {
        beginning.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
      }, timeoutMs);
      try {
        const { statusCode, body } = await send(request, either(request.signal, beginning.signal));
        if (statusCode >= 300) throw refusal(statusCode, await textOf(body, longestRefusal));
        return body;
      } finally {
        clearTimeout(deadline);
      }
    },
  };
}

interface Content {
  readonly type: string;
  readonly body: object;
}

function contentOf({ body, patch, apply }: WireRequest): { readonly method: 'GET' | 'POST' | 'PATCH'; readonly content?: Content } {
  if (patch !== undefined) return { method: 'PATCH', content: { type: 'application/json-patch+json', body: patch } };
  // JSON is YAML, too.
  if (apply !== undefined) return { method: 'PATCH', content: { type: 'application/apply-patch+yaml', body: apply } };
  return body === undefined ? { method: 'GET' } : { method: 'POST', content: { type: 'application/json', body } };
}

const longestRefusal = 1 << 20;

function urlOf(server: string, { path, query = {} }: WireRequest): URL {
  const url = new URL(`${server.replace(/\/+$/, '')}${path}`);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  return url;
}

function withDeadline(signal: AbortSignal | undefined, timeoutMs: number): AbortSignal {
  return either(signal, AbortSignal.timeout(timeoutMs));
}

function either(one: AbortSignal | undefined, other: AbortSignal): AbortSignal {
  return one === undefined ? other : AbortSignal.any([one, other]);
}

async function textOf(body: AsyncIterable<Buffer>, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxBytes) throw new AnswerTooLong(`an answer of more than ${String(maxBytes)} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function refusal(status: number, text: string): Error {
  return new ApiException(status, 'refused', text, {});
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the answer.
    throw unexpectedAnswer('the answer is no JSON');
  }
}

function oneOf(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'object' ? header[0] : header;
}
