import { UpstreamError } from '@fairlead/domain';

/** The server didn't say what a Kubernetes API says. */
export function unexpectedAnswer(what: string): UpstreamError {
  return new UpstreamError('kubernetes-unexpected', what, {
    provider: 'kubernetes',
    retryable: false,
    hint: 'check that this version of Kubernetes, or of what serves this kind, is a supported one',
  });
}
