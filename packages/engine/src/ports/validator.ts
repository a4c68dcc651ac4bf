import type { CheckResult } from '@fairlead/domain';

export interface HttpCheck {
  readonly name: string;
  readonly url: string;
  readonly status: number;
  readonly bodyIncludes?: string;
  readonly maxLatencyMs?: number;
}

/** Asks an endpoint whether it does what it should. A refused target or a failed connection is a result, not an error. */
export interface HttpValidator {
  check(check: HttpCheck, timeoutMs: number): Promise<CheckResult>;
}
