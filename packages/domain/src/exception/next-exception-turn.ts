import { exceptionStatus, type PolicyException } from './policy-exception.ts';

/** When one of them next begins to hold, or ends, by itself; `undefined` where none will. Who judges by them looks again then. */
export function nextExceptionTurn(exceptions: readonly PolicyException[], now: Date): Date | undefined {
  const times = exceptions.flatMap((exception) => {
    const status = exceptionStatus(exception, now);
    if (status === 'scheduled') return [Date.parse(exception.notBefore)];
    return status === 'in-force' ? [Date.parse(exception.expiresAt)] : [];
  });
  return times.length === 0 ? undefined : new Date(Math.min(...times));
}
