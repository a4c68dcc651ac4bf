import { UpstreamError } from '@fairlead/domain';
import { z } from 'zod';
import { redact } from './redact.ts';

// A DOMException has a number as its code too.
const Answered = z.object({ code: z.number().min(100), body: z.unknown().optional() });
const AnsweredWatch = z.object({ statusCode: z.number() });
const Status = z.object({ message: z.string() });
const Failed = z.object({ cause: z.object({ code: z.string() }) });

/** The HTTP status of an answer that the client threw, of a request or of a watch. */
export function kubernetesStatus(cause: unknown): number | undefined {
  const answered = Answered.safeParse(cause);
  return answered.success ? answered.data.code : AnsweredWatch.safeParse(cause).data?.statusCode;
}

interface Fault {
  readonly code: string;
  readonly retryable: boolean;
  readonly hint: string;
}

const faults: Readonly<Record<number, Fault | undefined>> = {
  401: { code: 'kubernetes-unauthenticated', retryable: false, hint: "renew the credentials in the cluster's kubeconfig" },
  403: { code: 'kubernetes-forbidden', retryable: false, hint: 'grant our identity this right; see: fairlead doctor' },
  404: { code: 'kubernetes-not-found', retryable: false, hint: 'check that the kind is installed in the cluster and the name is right' },
  409: { code: 'kubernetes-conflict', retryable: true, hint: 'somebody else changed it at the same moment: try again' },
  422: { code: 'kubernetes-invalid', retryable: false, hint: "check that the kind's version in the cluster is a supported one" },
  429: { code: 'kubernetes-busy', retryable: true, hint: 'the API server sheds load: try again later' },
};

const refused: Fault = { code: 'kubernetes-refused', retryable: false, hint: 'see: fairlead doctor' };
const broken: Fault = { code: 'kubernetes-failed', retryable: true, hint: "look at the API server's health and try again" };
const unreachable: Fault = {
  code: 'kubernetes-unreachable',
  retryable: true,
  hint: "check the server in the cluster's kubeconfig, its certificate and the network",
};

/** What a call to a Kubernetes API ended with, for people: without headers, bodies or credentials. `doing` says what for. */
export function kubernetesFault(cause: unknown, doing: string): UpstreamError {
  const status = kubernetesStatus(cause);
  const { code, retryable, hint } = faultOf(status);
  const why = redact(status === undefined ? connectionReason(cause) : `${String(status)}${statusReason(cause)}`);
  return new UpstreamError(code, `${doing}: ${why}`, {
    provider: 'kubernetes',
    retryable,
    hint,
    ...(status === undefined ? { cause } : {}),
  });
}

function faultOf(status: number | undefined): Fault {
  if (status === undefined) return unreachable;
  return faults[status] ?? (status >= 500 ? broken : refused);
}

function statusReason(cause: unknown): string {
  const body = Answered.safeParse(cause).data?.body;
  const status = Status.safeParse(typeof body === 'string' ? parsed(body) : body);
  return status.success ? ` ${status.data.message}` : '';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `fetch failed` hides its reason one level down. */
function connectionReason(cause: unknown): string {
  const failed = Failed.safeParse(cause);
  if (failed.success) return failed.data.cause.code;
  return cause instanceof Error ? cause.message : 'no answer';
}
