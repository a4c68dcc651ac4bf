import { textOf } from './bytes/bytes.ts';
import { fileOf, filesIn, manifestName, requireFiles, requireNames, type Files } from './bundle/file-set.ts';
import { requireKeysFile } from './bundle/keys-file.ts';
import { openManifest, type Manifest } from './bundle/manifest.ts';
import { openRecords } from './bundle/open-records.ts';
import { openCheckpoint, type Checkpoint } from './log/checkpoint.ts';
import { parseConsistency } from './log/proof-file.ts';
import { requireConsistent, Tree } from './log/tree.ts';
import { judgePromotion } from './promotion/judge-promotion.ts';
import type { PromotionCase } from './promotion/promotion-case.ts';
import { demand } from './refusal.ts';
import { Findings, StepFailed } from './report/findings.ts';
import { steps, type Report, type ReportSubject } from './report/report.ts';
import type { Trust } from './trust.ts';

export interface VerifyOptions {
  /** What the bundle has to disclose. `full` refuses to call a bundle verified that withholds records. */
  readonly audience?: Manifest['audience'];
}

/** Verifies a bundle's files, in the archive's order, against what the caller trusts. Never throws on what the bundle holds, opens nothing. */
export async function verify(files: Files, trust: Trust, { audience = 'full' }: VerifyOptions = {}): Promise<Report> {
  const run = new Verification(files, trust);
  try {
    await run.all(audience);
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
  }
  return run.report();
}

class Verification {
  readonly #files: Files;
  readonly #trust: Trust;
  readonly #findings = new Findings();
  readonly #tree = new Tree();
  #checkpoint: Checkpoint | undefined;
  #subject: ReportSubject | undefined;
  #counts = { records: 0, withheld: 0 };

  constructor(files: Files, trust: Trust) {
    this.#files = files;
    this.#trust = trust;
  }

  async all(audience: Manifest['audience']): Promise<void> {
    const manifest = await this.#manifest();
    const checkpoint = await this.#openCheckpoint(manifest);
    await this.#consistency(checkpoint);
    const promotion = await this.#records(manifest, checkpoint);
    const { audience: given, service, environment, release } = manifest;
    this.#subject = { audience: given, service, environment, release, promotion: manifest.promotion };
    this.#subject = { ...this.#subject, ...(await judgePromotion(promotion, { asked: audience, findings: this.#findings })) };
  }

  async #manifest(): Promise<Manifest> {
    let manifest: Manifest | undefined;
    await this.#findings.run('archive', () => {
      requireNames(this.#files);
      return `${String(this.#files.size)} files`;
    });
    await this.#findings.run('manifest', async () => {
      manifest = await openManifest(fileOf(this.#files, manifestName), this.#trust.recordKeys);
      await requireFiles(this.#files, manifest.files);
      return `${String(manifest.files.length)} files, as the signed manifest lists them`;
    });
    return given(manifest);
  }

  async #openCheckpoint({ range }: Manifest): Promise<Checkpoint> {
    let checkpoint: Checkpoint | undefined;
    await this.#findings.run('checkpoint', async () => {
      const { log } = this.#trust;
      checkpoint = await openCheckpoint(fileOf(this.#files, 'checkpoint'), log);
      demand(checkpoint.size === BigInt(range.to), 'range-differs', 'the manifest is for another checkpoint');
      await requireKeysFile(fileOf(this.#files, 'keys.json'), log);
      this.#checkpoint = checkpoint;
      return `log ${checkpoint.origin} of ${String(checkpoint.size)} records, ${String(log.quorum)} witnesses asked for`;
    });
    return given(checkpoint);
  }

  /** From the earlier checkpoint of the bundle, and from the one that the caller holds. */
  async #consistency(later: Checkpoint): Promise<void> {
    await this.#findings.run('consistency', async () => {
      const earlier = await this.#earlier(later);
      const { checkpoint: held } = this.#trust;
      if (held === undefined) return earlier === undefined ? 'no earlier checkpoint' : `continues ${String(earlier.size)} records`;
      demand(
        held.size <= later.size,
        'checkpoint-older',
        `the bundle's log has ${String(later.size)} records, it had ${String(held.size)} already`,
      );
      const same = held.size === later.size;
      demand(!same || held.root === later.root, 'log-forked', 'the log has another root than at the checkpoint of the trust file');
      const shown = same || (earlier?.size === held.size && earlier.root === held.root);
      if (!shown)
        this.#findings.miss(
          'consistency-missing',
          `the bundle does not show that its log continues the checkpoint of the trust file (${String(held.size)} records): export it with --since`,
        );
      return `continues ${String(earlier?.size ?? later.size)} records`;
    });
  }

  async #earlier(later: Checkpoint): Promise<Checkpoint | undefined> {
    const file = this.#files.get('prev-checkpoint');
    const proof = this.#files.get('consistency');
    demand(
      (file === undefined) === (proof === undefined),
      'consistency-invalid',
      'an earlier checkpoint and its consistency proof come together',
    );
    if (file === undefined || proof === undefined) return undefined;
    const earlier = await openCheckpoint(file, this.#trust.log);
    const { size, hashes } = parseConsistency(proof);
    demand(size === earlier.size, 'consistency-invalid', 'the consistency proof is for another checkpoint');
    await requireConsistent(this.#tree, { earlier, later, proof: hashes });
    return earlier;
  }

  async #records(manifest: Manifest, { size, root }: Checkpoint): Promise<PromotionCase> {
    let promotion: PromotionCase | undefined;
    await this.#findings.run('records', async () => {
      const places = [...filesIn(this.#files, 'proofs/', '.tlog-proof').keys()].map(Number);
      const first = places.reduce((least, place) => Math.min(least, place), manifest.range.to);
      demand(first === manifest.range.from, 'range-differs', 'the manifest begins with another record');
      const note = textOf(fileOf(this.#files, 'checkpoint'));
      const against = { tree: this.#tree, size, root, note };
      const opened = await openRecords({
        files: this.#files,
        withheld: manifest.withheld,
        keys: this.#trust.recordKeys,
        against,
        findings: this.#findings,
      });
      this.#counts = { records: opened.records.length, withheld: opened.withheld.length };
      promotion = { ...opened, manifest, files: this.#files };
      return `${String(opened.records.length)} records signed and in the log, ${String(opened.withheld.length)} withheld`;
    });
    return given(promotion);
  }

  report(): Report {
    const { failures, incomplete, steps: done } = this.#findings;
    const reached = new Set(done.map(({ step }) => step));
    const checkpoint = this.#checkpoint;
    const since = this.#trust.checkpoint?.size;
    return {
      kind: 'VerificationReport',
      version: 1,
      verdict: failures.length > 0 ? 'failed' : incomplete.length > 0 ? 'incomplete' : 'verified',
      ...(this.#subject === undefined ? {} : { subject: this.#subject }),
      ...(checkpoint === undefined
        ? {}
        : { log: { origin: checkpoint.origin, size: String(checkpoint.size), ...(since === undefined ? {} : { since: String(since) }) } }),
      counts: { files: this.#files.size, ...this.#counts },
      steps: [
        ...done,
        ...steps
          .filter((step) => !reached.has(step))
          .map((step) => ({ step, status: 'skipped' as const, checked: 'an earlier step did not pass' })),
      ],
      failures,
      incomplete,
    };
  }
}

/** A step that passed made it. */
function given<T>(made: T | undefined): T {
  if (made === undefined) throw new StepFailed();
  return made;
}
