import { ForbiddenError, UpstreamError, type FairleadError } from '@fairlead/domain';
import { redact } from '../http/index.ts';

type FaultCode =
  | 'registry-unreachable'
  | 'registry-timed-out'
  | 'registry-refused'
  | 'registry-rate-limited'
  | 'registry-failed'
  | 'registry-unexpected'
  | 'registry-too-large'
  | 'registry-digest-mismatch';

const hints: Readonly<Record<FaultCode, string>> = {
  'registry-unreachable': 'look whether the name is right and this machine may reach it',
  'registry-timed-out': 'try again, or ask whoever runs the registry',
  'registry-refused': 'ask whoever runs the registry where its content lies',
  'registry-rate-limited': 'sign in (docker login), wait, or set up a mirror',
  'registry-failed': 'try again, or ask whoever runs the registry',
  'registry-unexpected': 'look whether a registry answers there, and not a proxy or a web page',
  'registry-too-large': 'this is no manifest or bundle of a release',
  'registry-digest-mismatch': 'trust nothing that it serves before it is known why',
};

const passing: readonly FaultCode[] = ['registry-unreachable', 'registry-timed-out', 'registry-rate-limited', 'registry-failed'];

/** The registry at fault is named; what it said is shown without credentials, and not at length. */
export function registryFault(code: FaultCode, registry: string, because: string): UpstreamError {
  return new UpstreamError(code, `registry ${registry}: ${redact(because).slice(0, 400)}`, {
    provider: registry,
    retryable: passing.includes(code),
    hint: hints[code],
  });
}

export function registryDenied(registry: string, what: string, signedIn: boolean): FairleadError {
  const hint = signedIn
    ? 'the account that is signed in may not: ask for the right, or sign in as another'
    : `sign in first: docker login ${registry}`;
  return new ForbiddenError('registry-denied', `registry ${registry} does not let us have ${what}`, { hint });
}
