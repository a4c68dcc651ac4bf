import { readTar } from './archive/read-tar.ts';
import type { Bytes } from './bytes/bytes.ts';
import { Findings, StepFailed } from './report/findings.ts';
import { steps, type Report } from './report/report.ts';
import type { Trust } from './trust.ts';
import { verify, type VerifyOptions } from './verify.ts';

/** A bundle as one file. */
export async function verifyBundle(tar: Bytes, trust: Trust, options: VerifyOptions = {}): Promise<Report> {
  const findings = new Findings();
  let files: ReadonlyMap<string, Bytes> | undefined;
  try {
    await findings.run('archive', () => {
      files = readTar(tar);
      return '';
    });
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
  }
  return files === undefined ? unreadable(findings) : verify(files, trust, options);
}

function unreadable({ steps: done, failures, incomplete }: Findings): Report {
  const rest = steps.slice(done.length).map((step) => ({ step, status: 'skipped' as const, checked: 'an earlier step did not pass' }));
  return {
    kind: 'VerificationReport',
    version: 1,
    verdict: 'failed',
    counts: { files: 0, records: 0, withheld: 0 },
    steps: [...done, ...rest],
    failures,
    incomplete,
  };
}
