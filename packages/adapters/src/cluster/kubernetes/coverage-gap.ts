import type { CoverageGap } from '@fairlead/domain';
import type { ObjectScope } from '@fairlead/engine';
import type { Place } from './collection-of.ts';

export function gapOfKind({ kind: { group, version, kind }, namespace }: Place, reason: string, since: string): CoverageGap {
  return { group, version, kind, ...(namespace === undefined ? {} : { namespace }), reason, since };
}

export function unservedGap({ group, kind }: { readonly group: string; readonly kind: string }, since: string): CoverageGap {
  return { group, version: '', kind, reason: 'the cluster does not serve this kind, or not for watching', since };
}

/** Nothing in them can be watched. */
const measured = new Set(['metrics.k8s.io', 'custom.metrics.k8s.io', 'external.metrics.k8s.io']);

/** Of the groups that could not be discovered, those that may hold a kind of the scope. */
export function gapsInScope({ kinds }: Pick<ObjectScope, 'kinds'>, gaps: readonly CoverageGap[]): readonly CoverageGap[] {
  return gaps.filter(({ group }) => (kinds === undefined ? !measured.has(group) : kinds.some((kind) => kind.group === group)));
}

export function sameGap(one: CoverageGap, other: CoverageGap): boolean {
  return one.group === other.group && one.version === other.version && one.kind === other.kind && one.namespace === other.namespace;
}
