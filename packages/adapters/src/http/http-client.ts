import { request as requestHttp, type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { redact } from './redact.ts';
import type { CheckedAddress, TargetGuard } from './target-guard.ts';

export interface HttpRequest {
  readonly url: string;
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** For the whole exchange: names, connection, answer. */
  readonly timeoutMs: number;
  /** What is longer is cut off, and said so. */
  readonly maxBodyBytes?: number;
}

/** `refused`: we may not go there. `failed`: nobody answered, or not in time. Reasons are for people and hold no credential. */
export type HttpAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
      readonly truncated: boolean;
      readonly durationMs: number;
    }
  | { readonly kind: 'refused'; readonly reason: string; readonly durationMs: number }
  | { readonly kind: 'failed'; readonly reason: string; readonly durationMs: number };

export interface HttpClient {
  /** Follows no redirect: that is an answer. Never rejects. */
  send(request: HttpRequest): Promise<HttpAnswer>;
}

const defaultMaxBodyBytes = 1024 * 1024;

/** The one HTTP client: a deadline, a limit, a guard over where it goes, certificates always verified. */
export function httpClient({ guard }: { readonly guard: TargetGuard }): HttpClient {
  return {
    async send(request) {
      const started = performance.now();
      const outcome = await sendGuarded(guard, request);
      return { ...outcome, durationMs: Math.round(performance.now() - started) };
    },
  };
}

type Outcome = Omit<HttpAnswer & { kind: 'answered' }, 'durationMs'> | { readonly kind: 'refused' | 'failed'; readonly reason: string };

async function sendGuarded(guard: TargetGuard, request: HttpRequest): Promise<Outcome> {
  const url = URL.parse(request.url);
  if (url === null) return { kind: 'refused', reason: 'the address is not a URL' };
  const deadline = AbortSignal.timeout(request.timeoutMs);
  try {
    const verdict = await before(deadline, guard(url));
    if (verdict.kind === 'refused') return verdict;
    if (verdict.kind === 'unresolved') return { kind: 'failed', reason: verdict.reason };
    return await exchange({ request, url, addresses: verdict.addresses, deadline });
  } catch (cause) {
    return { kind: 'failed', reason: deadline.aborted ? `no whole answer within ${String(request.timeoutMs)} ms` : reasonOf(cause) };
  }
}

/** Name resolution can't be aborted, only left alone. */
async function before<Value>(deadline: AbortSignal, work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const late = (): void => {
      reject(new Error('too late'));
    };
    deadline.addEventListener('abort', late, { once: true });
    work.then(resolve, reject).finally(() => {
      deadline.removeEventListener('abort', late);
    });
  });
}

interface Exchange {
  readonly request: HttpRequest;
  readonly url: URL;
  readonly addresses: readonly [CheckedAddress, ...CheckedAddress[]];
  readonly deadline: AbortSignal;
}

function exchange({ request, url, addresses, deadline }: Exchange): Promise<Outcome> {
  const options: RequestOptions = {
    method: request.method ?? 'GET',
    headers: { ...request.headers },
    signal: deadline,
    agent: false,
    lookup: toChecked(addresses),
  };
  return new Promise((resolve, reject) => {
    const sent: ClientRequest = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options);
    sent.on('error', reject);
    sent.on('response', (response) => {
      read(response, request.maxBodyBytes ?? defaultMaxBodyBytes).then(resolve, reject);
    });
    sent.end(request.body);
  });
}

/** The connection goes to what was checked: a name that resolves to something else a moment later (rebinding) changes nothing. */
function toChecked(addresses: readonly [CheckedAddress, ...CheckedAddress[]]): LookupFunction {
  return (_host, { all }, done) => {
    if (all === true) done(null, [...addresses]);
    else done(null, addresses[0].address, addresses[0].family);
  };
}

async function read(response: IncomingMessage, limit: number): Promise<Outcome> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response) {
    if (!(chunk instanceof Uint8Array)) continue;
    chunks.push(chunk.subarray(0, limit - size));
    size += chunk.length;
    if (size > limit) break;
  }
  return {
    kind: 'answered',
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
    body: Buffer.concat(chunks),
    truncated: size > limit,
  };
}

/** A name that resolves to several addresses fails with an error for each. OpenSSL's advice on certificates is not ours to give. */
function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors.length > 0) return reasonOf(cause.errors[0]);
  if (!(cause instanceof Error)) return 'no answer';
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  return /CERT|UNABLE_TO_|ALTNAME/.test(code) ? `the certificate is not trusted: ${code}` : redact(cause.message);
}
