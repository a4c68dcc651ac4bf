import { html, type Html } from '../../document/html.ts';
import type { BundledRecord } from './bundled-record.ts';
import { section, table } from './page-table.ts';
import { factsOf } from './record-facts.ts';

export function releaseSection(records: readonly BundledRecord[]): Html {
  const rows = factsOf(records, 'release-manifest').flatMap(({ record, said }) => [
    ['Version', said.version],
    ['Source commit', record.revision ?? 'unknown'],
    ...said.components.map((component) => ['Component', component]),
  ]);
  const merged = factsOf(records, 'merge').map(({ said }) => ['Merged as', said.commit]);
  return section('What was released', table(undefined, [...rows, ...merged]));
}

export function peopleSection(records: readonly BundledRecord[]): Html {
  const asked = factsOf(records, 'promotion-plan').map(({ record, said }) => [
    'asked',
    record.actor?.id ?? 'unknown',
    record.at,
    said.risk === undefined ? '' : `risk: ${said.risk}`,
  ]);
  const decided = factsOf(records, 'approval').map(({ record, said }) => [
    said.decision,
    record.actor?.id ?? 'unknown',
    record.at,
    said.reason ?? '',
  ]);
  const gates = factsOf(records, 'gate').map(({ record, said }) => [
    `${said.gate}: ${said.verdict}`,
    said.by.join(', '),
    record.at,
    said.required === undefined ? '' : `${String(said.required)} required`,
  ]);
  return section('Who asked, who approved', table(['What', 'Who', 'At', 'Said'], [...asked, ...decided, ...gates]));
}

export function runningSection(records: readonly BundledRecord[]): Html {
  const targets = newestOf(factsOf(records, 'sync-observation'), ({ said }) => said.target);
  const live = factsOf(records, 'live-digests').at(-1);
  const components = (live?.said.components ?? []).map(({ component, expected, running, status }) => [
    component,
    status,
    expected.join(' '),
    running.join(' '),
  ]);
  const synced = targets.map(({ record, said }) => [said.target, said.verdict.kind, record.revision ?? '', record.at]);
  return html`${section('What was delivered', table(['Target', 'Verdict', 'Commit', 'Seen'], synced))}
  ${section('What ran', table(['Component', 'Status', 'Expected', 'Running'], components))}`;
}

export function driftSection(records: readonly BundledRecord[]): Html {
  const looks = newestOf(factsOf(records, 'live-observation'), ({ said }) => said.target);
  const rows = looks.flatMap(({ record, said }) => [
    [
      said.target,
      said.complete ? 'looked at wholly' : `gaps: ${said.gaps.join('; ')}`,
      `${String(said.drift.length)} differences`,
      record.at,
    ],
    ...said.drift.map((item) => [
      item.id,
      `${item.class}, ${item.severity}`,
      item.path,
      item.ignoredBy === undefined ? '' : `ignored: ${item.ignoredBy}`,
    ]),
  ]);
  const exceptions = factsOf(records, 'exception').map(({ said }) => [
    said.exception,
    `asked by ${said.requestedBy}, approved by ${said.approvedBy.join(', ')}`,
    said.reason,
    `${said.notBefore} to ${said.expiresAt}`,
  ]);
  const revoked = factsOf(records, 'revocation').map(({ record, said }) => [said.exception, 'revoked', said.reason, record.at]);
  return html`${section('Drift', table(['What', 'How', 'Where', 'Seen'], rows))}
  ${section('Exceptions', table(['Exception', 'Who', 'Why', 'When'], [...exceptions, ...revoked]))}`;
}

export function validationSection(records: readonly BundledRecord[]): Html {
  const rows = factsOf(records, 'validation').flatMap(({ record, said }) => [
    [said.phase, said.verdict, '', record.at],
    ...said.checks.map(({ name, verdict, observed }) => [`· ${name}`, verdict, observed, '']),
  ]);
  return section('Validation', table(['Phase', 'Verdict', 'Observed', 'At'], rows));
}

/** The newest fact of each thing. */
function newestOf<T>(facts: readonly T[], of: (fact: T) => string): readonly T[] {
  return [...new Map(facts.map((fact) => [of(fact), fact])).values()];
}
