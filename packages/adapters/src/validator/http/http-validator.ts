import type { CheckResult } from '@fairlead/domain';
import type { HttpCheck, HttpValidator } from '@fairlead/engine';
import { httpClient, type HttpAnswer } from '../../http/http-client.ts';
import { targetGuard } from '../../http/target-guard.ts';
import type { HttpValidatorOptions } from './options.ts';

type Answered = HttpAnswer & { readonly kind: 'answered' };

/** Asks with GET, follows no redirect, verifies certificates, reads at most 1 MiB, goes only where the guard lets it. */
export function httpValidator({ guard }: HttpValidatorOptions): HttpValidator {
  const client = httpClient({ guard: targetGuard(guard) });
  return {
    async check(check, timeoutMs) {
      const answer = await client.send({ url: check.url, timeoutMs, headers: { 'user-agent': 'fairlead', accept: '*/*' } });
      return { name: check.name, kind: 'http', expected: expectedOf(check), durationMs: answer.durationMs, ...judge(check, answer) };
    },
  };
}

/** Not being let there says nothing about the endpoint; not getting an answer does. */
function judge(check: HttpCheck, answer: HttpAnswer): Pick<CheckResult, 'verdict' | 'observed'> {
  switch (answer.kind) {
    case 'refused':
      return { verdict: 'error', observed: `not called: ${answer.reason}` };
    case 'failed':
      return { verdict: 'failed', observed: answer.reason };
    case 'answered': {
      const faults = [statusFault, bodyFault, latencyFault].flatMap((fault) => fault(check, answer));
      return { verdict: faults.length === 0 ? 'passed' : 'failed', observed: [`status ${String(answer.status)}`, ...faults].join(', ') };
    }
  }
}

function statusFault({ status }: HttpCheck, answer: Answered): readonly string[] {
  if (answer.status === status) return [];
  const { location } = answer.headers;
  return [`not ${String(status)}${location === undefined ? '' : ' but a redirect, which is not followed'}`];
}

function bodyFault({ bodyIncludes }: HttpCheck, { body, truncated }: Answered): readonly string[] {
  if (bodyIncludes === undefined || Buffer.from(body).includes(bodyIncludes)) return [];
  return [`the expected text is not in ${truncated ? 'the first 1 MiB of the body' : `the body of ${String(body.length)} bytes`}`];
}

function latencyFault({ maxLatencyMs }: HttpCheck, { durationMs }: Answered): readonly string[] {
  return maxLatencyMs === undefined || durationMs <= maxLatencyMs ? [] : [`answered in ${String(durationMs)} ms`];
}

function expectedOf({ status, bodyIncludes, maxLatencyMs }: HttpCheck): string {
  return [
    `status ${String(status)}`,
    ...(bodyIncludes === undefined ? [] : [`a body with ${JSON.stringify(bodyIncludes)}`]),
    ...(maxLatencyMs === undefined ? [] : [`within ${String(maxLatencyMs)} ms`]),
  ].join(', ');
}
