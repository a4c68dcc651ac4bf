import { isSecretRule, type Finding } from '@fairlead/domain';

/** One place that several environments suffer from. */
export interface FindingGroup {
  readonly first: Finding;
  readonly environments: readonly string[];
}

export function groupFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  const groups = new Map<string, { readonly first: Finding; readonly environments: string[] }>();
  for (const finding of findings) {
    const { rule, file, line, pointer, fix, environment } = finding;
    const key = JSON.stringify([rule, file, line, pointer, fix]);
    const group = groups.get(key) ?? { first: finding, environments: [] };
    groups.set(key, group);
    if (environment !== undefined) group.environments.push(environment);
  }
  return [...groups.values()].map((group) => ({ ...group, environments: group.environments.toSorted() }));
}

const severities = ['error', 'warning', 'info'] as const satisfies readonly Finding['severity'][];

/** What can't be taken back, and what hides other findings, before the rest. */
function rank({ first: { rule, severity } }: FindingGroup): number {
  if (isSecretRule(rule)) return 0;
  const blinding: readonly Finding['rule'][] = ['document-unparsable', 'document-invalid', 'remote-base', 'render-failed'];
  return blinding.includes(rule) ? 1 : 2 + severities.indexOf(severity);
}

/** The gravest of the list, each rule's first before another rule's second: five of one kind tell little. */
export function gravest(groups: readonly FindingGroup[], count: number): readonly FindingGroup[] {
  const before = new Map<string, number>();
  const nth = groups.map((group) => {
    const known = before.get(group.first.rule) ?? 0;
    before.set(group.first.rule, known + 1);
    return { group, known };
  });
  return nth
    .toSorted((one, other) => Number(one.known > 0) - Number(other.known > 0) || rank(one.group) - rank(other.group))
    .slice(0, count)
    .map(({ group }) => group);
}
