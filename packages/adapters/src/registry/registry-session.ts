import { setTimeout as wait } from 'node:timers/promises';
import { httpClient, type HttpAnswer, type HttpRequest } from '../http/index.ts';
import { authChallenge } from './auth-challenge.ts';
import { authorize } from './authorize.ts';
import type { Credential } from './credential.ts';
import { defaultRetry, defaultTimeoutMs, type OciRegistryOptions, type RetryLimits } from './options.ts';
import { registryDenied, registryFault } from './registry-fault.ts';
import { registryGuard, sameOrigin } from './registry-guard.ts';
import type { RegistryPlace } from './registry-host.ts';
import { retryAfterMs } from './retry-after.ts';

export interface RegistryCall extends Pick<HttpRequest, 'method' | 'headers' | 'body' | 'maxBodyBytes'> {
  readonly place: RegistryPlace;
  /** From the registry's origin, or where it sent us. */
  readonly url: string;
  readonly actions: 'pull' | 'pull,push';
  /** Named in messages. */
  readonly what: string;
}

export type RegistryAnswer = Extract<HttpAnswer, { readonly kind: 'answered' }>;

/** Talks to registries: signs in where that is asked, follows redirects without our credentials, and is patient for a while. */
export class RegistrySession {
  readonly #options: OciRegistryOptions;
  readonly #retry: RetryLimits;
  readonly #timeoutMs: number;
  /** By registry and scope. */
  readonly #headers = new Map<string, string>();
  readonly #credentials = new Map<string, Promise<Credential | 'none'>>();

  constructor(options: OciRegistryOptions) {
    this.#options = options;
    this.#retry = { ...defaultRetry, ...options.retry };
    this.#timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  }

  /** An answer of any status but those that were asked again to no end: 401, 403, 429 and faults of the server are errors here. */
  async send(call: RegistryCall): Promise<RegistryAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#signedIn(call);
      const because = this.#passing(call, answer);
      if (because === undefined) return accepted(call, answer);
      const asked = answer.kind === 'answered' ? retryAfterMs(answer.headers['retry-after'], this.#now()) : undefined;
      const pause = asked ?? this.#retry.firstWaitMs * 2 ** (attempt - 1);
      if (attempt >= this.#retry.attempts || pause > this.#retry.longestWaitMs) throw because;
      await wait(pause);
    }
  }

  /** Why it may be worth asking again. */
  #passing({ place, what }: RegistryCall, answer: HttpAnswer): Error | undefined {
    if (answer.kind === 'refused') return undefined;
    if (answer.kind === 'failed') {
      if (answer.durationMs >= this.#timeoutMs) throw registryFault('registry-timed-out', place.name, `${what}: ${answer.reason}`);
      return registryFault('registry-unreachable', place.name, `${what}: ${answer.reason}`);
    }
    if (answer.status === 429) {
      const after = retryAfterMs(answer.headers['retry-after'], this.#now());
      const until = after === undefined ? '' : `; it asks to wait ${String(Math.ceil(after / 1000))} s`;
      return registryFault('registry-rate-limited', place.name, `${what}: too many requests${until}`);
    }
    if (answer.status < 500) return undefined;
    return registryFault('registry-failed', place.name, `${what}: it answered ${String(answer.status)}`);
  }

  async #signedIn(call: RegistryCall): Promise<HttpAnswer> {
    const { place, actions } = call;
    const key = `${place.origin} ${place.path} ${actions}`;
    const first = await this.#follow(call, this.#headers.get(key));
    if (first.kind !== 'answered' || first.status !== 401) return first;
    const challenge = authChallenge(first.headers['www-authenticate'] ?? '');
    if (challenge === 'none') return first;
    const credential = await this.#credential(place);
    const header = await authorize({ place, actions, challenge, credential, timeoutMs: this.#timeoutMs });
    if (header === undefined) throw registryDenied(place.name, call.what, false);
    this.#headers.set(key, header);
    const second = await this.#follow(call, header);
    if (second.kind === 'answered' && second.status === 401) throw registryDenied(place.name, call.what, credential !== 'none');
    return second;
  }

  #credential({ name: host, path }: RegistryPlace): Promise<Credential | 'none'> {
    const key = `${host}/${path}`;
    const known = this.#credentials.get(key) ?? this.#options.credentials?.({ host, path }) ?? Promise.resolve('none' as const);
    this.#credentials.set(key, known);
    return known;
  }

  async #follow(call: RegistryCall, authorization: string | undefined): Promise<HttpAnswer> {
    const registry = new URL(call.place.origin);
    const client = httpClient({ guard: registryGuard(registry) });
    let url = new URL(call.url, registry);
    for (let hops = 0; ; hops += 1) {
      const answer = await client.send(this.#requestTo(url, call, authorization));
      const onward = redirectOf(call, answer);
      if (onward === undefined) return answer;
      const next = URL.parse(onward, url.href);
      if (next === null || hops >= maxHops)
        throw registryFault('registry-unexpected', call.place.name, `${call.what}: it leads in circles or nowhere`);
      url = next;
    }
  }

  /** Credentials are for the registry alone: whoever it leads to gets none. */
  #requestTo(url: URL, { place, method, headers, body, maxBodyBytes }: RegistryCall, authorization: string | undefined): HttpRequest {
    const own = authorization !== undefined && sameOrigin(url, new URL(place.origin)) ? { authorization } : {};
    return {
      url: url.href,
      headers: { ...headers, ...own },
      timeoutMs: this.#timeoutMs,
      ...(method === undefined ? {} : { method }),
      ...(body === undefined ? {} : { body }),
      ...(maxBodyBytes === undefined ? {} : { maxBodyBytes }),
    };
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date();
  }
}

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const maxHops = 5;

/** Where it leads; content that is on its way up is never sent after that. */
function redirectOf({ method = 'GET' }: RegistryCall, answer: HttpAnswer): string | undefined {
  if (answer.kind !== 'answered' || !redirects.has(answer.status)) return undefined;
  return method === 'GET' || method === 'HEAD' ? answer.headers['location'] : undefined;
}

function accepted({ place, what }: RegistryCall, answer: HttpAnswer): RegistryAnswer {
  if (answer.kind !== 'answered') throw registryFault('registry-refused', place.name, `${what}: ${answer.reason}`);
  if (answer.status === 401 || answer.status === 403) throw registryDenied(place.name, what, answer.status === 403);
  return answer;
}
