import type { Blocker, Problem as DocumentProblem } from '@fairlead/domain';
import { FairleadError } from '@fairlead/domain';
import type { Problem } from '@fairlead/api';
import { z } from 'zod';

/** A request that is refused with its reasons. */
export class RefusedError extends Error {
  readonly code: string;
  readonly status: 400 | 401 | 403 | 409 | 422 | 429;
  readonly hint: string | undefined;
  readonly blockers: readonly Blocker[] | undefined;
  readonly problems: readonly DocumentProblem[] | undefined;

  constructor(
    refusal: { readonly code: string; readonly status: RefusedError['status']; readonly message: string },
    details: { readonly hint?: string; readonly blockers?: readonly Blocker[]; readonly problems?: readonly DocumentProblem[] } = {},
  ) {
    super(refusal.message);
    this.name = 'RefusedError';
    this.code = refusal.code;
    this.status = refusal.status;
    this.hint = details.hint;
    this.blockers = details.blockers;
    this.problems = details.problems;
  }
}

const statusOf = { invalid: 422, 'not-found': 404, conflict: 409, forbidden: 403, upstream: 502, invariant: 500 } as const satisfies Record<
  FairleadError['kind'],
  number
>;

/** The one mapping from a fault to an answer. A fault of our own doesn't show its message; the log has it under the request's id. */
export function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof RefusedError) {
    const { code, status, message, hint, blockers, problems } = error;
    return {
      ...common(code, requestId),
      title: message,
      status,
      ...(hint === undefined ? {} : { hint }),
      ...(blockers === undefined ? {} : { blockers }),
      ...(problems === undefined ? {} : { problems: [...problems] }),
    };
  }
  if (error instanceof FairleadError && error.kind !== 'invariant') {
    return {
      ...common(error.code, requestId),
      title: error.message,
      status: statusOf[error.kind],
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    };
  }
  if (error instanceof z.ZodError) {
    const first = error.issues.slice(0, 5).map(({ path, message }) => `${path.join('.') || 'request'}: ${message}`);
    return { ...common('request-invalid', requestId), title: first.join('; '), status: 400 };
  }
  const http = HttpFault.safeParse(error);
  if (http.success)
    return { ...common(codeOfStatus(http.data.statusCode), requestId), title: http.data.message, status: http.data.statusCode };
  return {
    ...common('internal-fault', requestId),
    title: 'an internal fault',
    status: 500,
    hint: `the server log has it under ${requestId}`,
  };
}

/** Fastify's own refusals of what a client sent: body too large, not JSON, wrong media type. */
const HttpFault = z.object({ statusCode: z.number().int().min(400).max(499), message: z.string() });

function codeOfStatus(status: number): string {
  const codes: Readonly<Record<number, string>> = {
    400: 'request-malformed',
    404: 'route-unknown',
    413: 'body-too-large',
    415: 'media-type-unsupported',
  };
  return codes[status] ?? 'request-refused';
}

function common(code: string, requestId: string): { readonly type: string; readonly code: string; readonly requestId: string } {
  return { type: `https://fairlead.dev/problems/${code}`, code, requestId };
}
