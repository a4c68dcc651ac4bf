import { readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { baselineOf, CheckBaseline, isRule, isSecretRule, type CheckReport, type CommitSha } from '@fairlead/domain';
import type { Place } from '../local/find-place.ts';
import type { LocalWorld } from '../local/wire.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

/** At the top of the work tree; found there by itself. */
export const baselineName = '.fairlead-baseline.json';

/** The baseline that was named, else the one that is there, else none. */
export async function readBaseline(terminal: Terminal, place: Place, named: string | undefined): Promise<CheckBaseline | undefined> {
  const file = named === undefined ? join(place.root, baselineName) : resolve(terminal.cwd, named);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (named === undefined && isAbsent(error)) return undefined;
    throw new UsageError(`the baseline ${shown(terminal, file)} can't be read`, 'write one with: fairlead check --write-baseline');
  });
  return text === undefined ? undefined : parse(text, shown(terminal, file));
}

/** The baseline that a commit has: a branch can't excuse itself by its own. */
export async function baselineOfCommit({ checkout }: Pick<LocalWorld, 'checkout'>, commit: CommitSha): Promise<CheckBaseline | undefined> {
  const answer = checkout === 'absent' ? undefined : await (await checkout.snapshot(commit)).look(baselineName);
  return answer?.kind === 'file' ? parse(new TextDecoder().decode(answer.bytes), `${baselineName} of ${commit.slice(0, 12)}`) : undefined;
}

function parse(text: string, name: string): CheckBaseline {
  const parsed = CheckBaseline.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw new UsageError(`${name} is no baseline`, 'write it anew with: fairlead check --write-baseline');
}

export interface WrittenBaseline {
  readonly file: string;
  readonly findings: number;
  readonly secrets: number;
}

/** Writes what was found. Where only a part was looked at, what is known of the rest stays. */
export async function writeBaseline(
  terminal: Terminal,
  place: Place,
  { report, named }: { readonly report: CheckReport; readonly named: string | true },
): Promise<WrittenBaseline> {
  const chosen = named === true ? undefined : named;
  const file = chosen === undefined ? join(place.root, baselineName) : resolve(terminal.cwd, chosen);
  const before = place.path === '' ? undefined : await readBaseline(terminal, place, chosen).catch(() => undefined);
  const baseline = baselineOf(report);
  const now = new Set(baseline.findings.map(({ fingerprint }) => fingerprint));
  const all = [...(before?.findings ?? []).filter(({ fingerprint }) => !now.has(fingerprint)), ...baseline.findings];
  const findings = all.toSorted((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
  await writeFile(file, textOf({ ...baseline, findings }));
  const secrets = findings.filter(({ rule }) => isRule(rule) && isSecretRule(rule)).length;
  return { file: shown(terminal, file), findings: findings.length, secrets };
}

/** A finding on each line, so that changes of two branches merge. */
function textOf({ apiVersion, kind, findings }: CheckBaseline): string {
  const lines = findings.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n');
  const list = lines === '' ? '[]' : `[\n${lines}\n  ]`;
  return `{\n  "apiVersion": ${JSON.stringify(apiVersion)},\n  "kind": ${JSON.stringify(kind)},\n  "findings": ${list}\n}\n`;
}

function orderOf({ file, rule, fingerprint }: CheckBaseline['findings'][number]): string {
  return [file, rule, fingerprint].join('\n');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function shown({ cwd }: Terminal, file: string): string {
  return relative(cwd, file);
}
