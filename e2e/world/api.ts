import { setTimeout as pause } from 'node:timers/promises';
import { ApiError, apiClient, type Call } from '@fairlead/api';
import { hasEnded, type Blocker, type EnvironmentStatus, type Promotion, type PromotionId } from '@fairlead/domain';
import { service } from './paths.ts';

/** The typed client over HTTP, as any program would use it. */
export function clientOf(server: string, token?: string): Call {
  return apiClient(async ({ method, path, body }) => {
    const response = await fetch(new URL(path, server), {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
    });
    const answer: unknown = await response.json();
    return { status: response.status, body: answer };
  });
}

/** Trades the server's link for a token. */
export async function signIn(link: string): Promise<string> {
  const url = new URL(link);
  return (await clientOf(url.origin)('signIn', { body: { code: url.searchParams.get('code') ?? '' } })).token;
}

const patienceMs = 45_000;

/** Looks again and again until it finds something; says what it waited for where that never comes. */
export async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`never happened: ${what}`);
    await pause(50);
  }
}

export function promotionWhen(call: Call, id: PromotionId, wanted: (promotion: Promotion) => boolean): Promise<Promotion> {
  return until(`a wanted state of promotion ${id}`, async () => {
    const { promotion } = await call('getPromotion', { params: { id } });
    if (wanted(promotion)) return promotion;
    if (hasEnded(promotion.status)) throw new Error(`promotion ${id} ended: ${JSON.stringify(promotion.ended)}`);
    return undefined;
  });
}

export function isReady({ status }: Promotion): boolean {
  return status === 'ready';
}

export function statusWhen(call: Call, environment: string, wanted: (status: EnvironmentStatus) => boolean): Promise<EnvironmentStatus> {
  return until(`a wanted status of ${environment}`, async () => {
    const [status] = (await call('listStatus', { query: { service, environment } })).items;
    return status !== undefined && wanted(status) ? status : undefined;
  });
}

export async function started(call: Call, environment: string, release: string): Promise<Promotion> {
  const answer = await call('startPromotion', { body: { service, environment, release } });
  if (answer.kind !== 'started') throw new Error(`not started: ${JSON.stringify(answer)}`);
  return answer.promotion;
}

export async function approve(call: Call, id: PromotionId): Promise<void> {
  const { content } = await call('getApproval', { params: { id } });
  await call('decideApproval', { params: { id }, body: { decision: 'approve', content } });
}

export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly blockers: readonly Blocker[];
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

/** What the server said no with; code `granted` where it did not. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  try {
    await call;
    return { code: 'granted', message: '', blockers: [], problems: [] };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { code, title, blockers = [], problems = [] } = error.problem;
    return { code, message: title, blockers, problems };
  }
}
