import type { DriftItem } from './drift-item.ts';
import type { DriftReport } from './drift-report.ts';

/** How many of which severity count; those that a rule or an exception takes out are counted apart. */
export function driftSummary(
  items: readonly Pick<DriftItem, 'severity' | 'ignoredBy' | 'excused' | 'resolvedAt'>[],
  objects: number,
): DriftReport['summary'] {
  const open = items.filter(({ resolvedAt }) => resolvedAt === undefined);
  const ignored = open.filter(({ ignoredBy }) => ignoredBy !== undefined).length;
  const excused = open.filter((item) => item.ignoredBy === undefined && item.excused !== undefined).length;
  const counted = open.filter((item) => item.ignoredBy === undefined && item.excused === undefined);
  const of = (severity: DriftItem['severity']): number => counted.filter((item) => item.severity === severity).length;
  return {
    objects,
    image: of('image'),
    security: of('security'),
    config: of('config'),
    replicas: of('replicas'),
    metadata: of('metadata'),
    ignored,
    excused,
  };
}
