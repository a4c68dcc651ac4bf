import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Measurement } from '../measurement.ts';
import { writeLabelledTree, type Label } from './labelled-tree.ts';
import { measuredProgram, type MeasuredRun } from './measured-program.ts';
import { detectSecrets, ours, secretlint, type FoundLine, type Scanner } from './scanners.ts';

/** The same tree for three scanners: time, memory, and what of their findings is right and what of the secrets they find. */
export async function secretsBench({ quick }: { readonly quick: boolean }): Promise<readonly Measurement[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fl-bench-secrets-')));
  try {
    const files = quick ? 1000 : 10_000;
    const labels = writeLabelledTree(folder, { files, bytes: 10_000 });
    const measurements: Measurement[] = [];
    const missed: string[] = [];
    for (const scanner of [ours(folder), await secretlint(), await detectSecrets()]) {
      const run = await measuredProgram(scanner.words, { cwd: folder, codes: scanner.codes });
      const found = scanner.findings(run.output, folder);
      measurements.push(...figuresOf({ scanner, run, files }, judged(labels, found)));
      missed.push(`${scanner.name} misses: ${missesOf(labels, found)}`);
    }
    console.log(missed.join('\n'));
    return measurements;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Judged {
  readonly precision: number;
  readonly recall: number;
  readonly recallOfTokens: number;
}

/** A finding is right if it stands on a line of a secret; a secret is found if a finding does. */
function judged(labels: readonly Label[], found: readonly FoundLine[]): Judged {
  const byFile = new Map(labels.map((label) => [label.file, label]));
  const right = found.filter(({ file, line }) => {
    const label = byFile.get(file);
    return label !== undefined && line >= label.first && line <= label.last;
  });
  const hit = new Set(right.map(({ file }) => file));
  const part = (of: readonly Label[]): number => of.filter(({ file }) => hit.has(file)).length / of.length;
  return {
    precision: found.length === 0 ? Number.NaN : right.length / found.length,
    recall: part(labels),
    recallOfTokens: part(labels.filter(({ group }) => group === 'token')),
  };
}

function missesOf(labels: readonly Label[], found: readonly FoundLine[]): string {
  const missed = labels.filter(({ file, first, last }) => !found.some((one) => one.file === file && one.line >= first && one.line <= last));
  return [...new Set(missed.map(({ what }) => what))].join(', ') || 'nothing';
}

interface Contest {
  readonly scanner: Scanner;
  readonly run: MeasuredRun;
  readonly files: number;
}

function figuresOf({ scanner: { name }, run, files: at }: Contest, { precision, recall, recallOfTokens }: Judged): readonly Measurement[] {
  const isOurs = name === 'fairlead';
  const barred = (bar: string): Pick<Measurement, 'bar'> => (isOurs ? { bar } : {});
  return [
    { name: `${name}: time`, at, value: run.seconds, unit: 's', ...barred('≤ 10') },
    { name: `${name}: CPU time`, at, value: run.cpuSeconds, unit: 's' },
    { name: `${name}: memory`, at, value: run.megabytes, unit: 'MB', ...barred('≤ 500') },
    { name: `${name}: precision`, at, value: 100 * precision, unit: '%', ...barred('≥ 98') },
    { name: `${name}: recall`, at, value: 100 * recall, unit: '%', ...barred('100') },
    { name: `${name}: recall of tokens and keys`, at, value: 100 * recallOfTokens, unit: '%', ...barred('100') },
  ];
}
