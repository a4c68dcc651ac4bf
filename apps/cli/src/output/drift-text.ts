import { objectName, type DriftItem, type DriftReport, type Json } from '@fairlead/domain';
import pc from 'picocolors';

const shownLength = 100;

/** What a look found, object by object, the gravest first; then what could not be seen. */
export function driftText(report: DriftReport, colour: boolean): string {
  const colours = pc.createColors(colour);
  const { environment, target, items, coverage, summary } = report;
  const counted = items.filter(({ ignoredBy }) => ignoredBy === undefined);
  const lines = [...byObject(counted)].flatMap(([object, differences]) => {
    const [first, ...rest] = differences;
    if (first?.path === '' && rest.length === 0) return [`  ${colours.bold(object)}  ${driftLine(first)}`];
    return [`  ${colours.bold(object)}`, ...differences.map((item) => `    ${driftLine(item)}`)];
  });
  const refuted = items.filter(({ confirmation }) => confirmation?.verdict === 'refuted').length;
  const title = `${colours.bold(environment)}  ${target}`;
  const verdict = counted.length === 0 ? colours.green('no drift') : colours.red(count(counted.length, 'difference'));
  const ignored = [
    ...(summary.ignored === refuted ? [] : [`${String(summary.ignored - refuted)} ignored by rules`]),
    ...(refuted === 0 ? [] : [`${String(refuted)} refuted by the API server`]),
  ].map((text) => `, ${text}`);
  const gaps = coverage.gaps.map(({ kind, namespace, reason }) => {
    const where = namespace === undefined ? '' : ` in ${namespace}`;
    return `  ${colours.yellow('not seen')}: ${kind}${where}: ${reason}`;
  });
  const hint = isNothingThere(report)
    ? [`  ${colours.yellow('hint')}: nothing of it is there: is this the right cluster and context?`]
    : [];
  return [`${title}  ${verdict} in ${count(summary.objects, 'object')}${ignored.join('')}`, ...lines, ...hint, ...gaps]
    .map((line) => `${line}\n`)
    .join('');
}

function count(amount: number, what: string): string {
  return `${String(amount)} ${what}${amount === 1 ? '' : 's'}`;
}

/** One object can be lost; all of several hardly ever are. */
function isNothingThere({ items, summary: { objects } }: DriftReport): boolean {
  const missing = items.filter((item) => item.class === 'missing');
  return objects > 1 && missing.length === objects;
}

function byObject(items: readonly DriftItem[]): ReadonlyMap<string, readonly DriftItem[]> {
  const objects = new Map<string, DriftItem[]>();
  for (const item of items.toSorted((one, other) => rank(one) - rank(other))) {
    const name = objectName(item.object);
    objects.set(name, [...(objects.get(name) ?? []), item]);
  }
  return objects;
}

const severities: readonly DriftItem['severity'][] = ['image', 'security', 'config', 'replicas', 'metadata'];

function rank({ severity }: DriftItem): number {
  return severities.indexOf(severity);
}

/** `config     changed      /spec/replicas: 2 → 5   by kubectl (scale), no later than 2026-11-23T10:00:00Z` */
export function driftLine(item: DriftItem): string {
  const { severity, class: kind, path } = item;
  const change = path === '' ? [] : [`${path}${valuesOf(item)}`];
  return [`${severity.padEnd(8)}  ${kind.padEnd(11)}`, ...change, ...saidBy(item), ...confirmedBy(item)].join('  ');
}

function valuesOf({ desired, live, redacted }: DriftItem): string {
  const note = redacted === true ? ' (hashed)' : '';
  if (desired === undefined) return live === undefined ? '' : `: + ${shown(live)}${note}`;
  return live === undefined ? `: - ${shown(desired)}${note}` : `: ${shown(desired)} → ${shown(live)}${note}`;
}

function shown(value: Json): string {
  const text = typeof value === 'string' && /^[\w.:/@+-]+$/.test(value) ? value : JSON.stringify(value);
  return text.length <= shownLength ? text : `${text.slice(0, shownLength)}…`;
}

function confirmedBy({ confirmation }: DriftItem): readonly string[] {
  switch (confirmation?.verdict) {
    case undefined:
      return [];
    case 'confirmed':
    case 'refuted':
      return [`${confirmation.verdict} by the API server`];
    case 'unanswered':
      return [`not confirmed: ${confirmation.reason ?? 'no answer'}`];
  }
}

/** A manager names itself, and its time is that of its last write: no more is said than that. */
function saidBy({ by: { manager, subresource, changedAt, changedAtIs } }: DriftItem): readonly string[] {
  const through = subresource === undefined ? '' : ` (${subresource})`;
  const who = manager === undefined ? [] : [`by ${manager}${through}`];
  if (changedAt === undefined) return who;
  const second = `${changedAt.slice(0, 19)}Z`;
  return [...who, changedAtIs === 'entry' ? `no later than ${second}` : `seen since ${second}`];
}
