/** One check of one attempt. `observed` says what was found, without bodies or headers. */
export interface CheckResult {
  readonly name: string;
  readonly kind: 'http' | 'liveDigests';
  readonly verdict: 'passed' | 'failed' | 'error';
  readonly expected: string;
  readonly observed: string;
  readonly durationMs: number;
}
