import { Refusal, UnknownVersion } from '../refusal.ts';
import type { CheckedStep, Failure, Step } from './report.ts';

/** Nothing in the step counts after this. */
export class StepFailed extends Error {}

/** Collects what each step finds. */
export class Findings {
  readonly steps: CheckedStep[] = [];
  readonly failures: Failure[] = [];
  readonly incomplete: Failure[] = [];
  #step: Step = 'archive';
  #unknown = false;

  /** Runs one step; throws `StepFailed` where it found a failure. `work` gives what it looked at, in words. */
  async run(step: Step, work: () => Promise<string> | string): Promise<void> {
    this.#step = step;
    const before = { failures: this.failures.length, incomplete: this.incomplete.length };
    const checked = await this.guard(undefined, async () => work());
    const failed = this.failures.length > before.failures;
    const status = failed ? 'failed' : this.incomplete.length > before.incomplete ? 'incomplete' : 'passed';
    this.steps.push({ step, status, checked: checked ?? '' });
    // What is newer than this program can't be built upon.
    if (failed || this.#unknown) throw new StepFailed();
  }

  skip(step: Step, because: string): void {
    this.steps.push({ step, status: 'skipped', checked: because });
  }

  miss(code: string, reason: string): void {
    this.incomplete.push({ step: this.#step, code, reason });
  }

  /** Turns a refusal into a finding about the file. Any other fault while reading foreign bytes is one too: it never counts as verified. */
  async guard<T>(file: string | undefined, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      const code = error instanceof Refusal ? error.code : 'unreadable';
      const reason = error instanceof Error ? error.message : String(error);
      const found = { step: this.#step, code, ...(file === undefined ? {} : { file }), reason };
      if (error instanceof UnknownVersion) this.#unknown = true;
      (error instanceof UnknownVersion ? this.incomplete : this.failures).push(found);
      return undefined;
    }
  }
}
