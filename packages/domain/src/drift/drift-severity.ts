import type { ObjectRef } from '../desired-state/object-ref.ts';
import { DriftSeverity } from '../policy/policy.ts';
import type { DriftClass, DriftItem } from './drift-item.ts';
import { placeSeverity } from './place-severity.ts';

/** What a difference is of. */
export interface DriftSubject {
  readonly class: DriftClass;
  readonly object: Pick<ObjectRef, 'group' | 'kind'>;
  /** As in a finding. */
  readonly path: string;
}

export function severityOf({ class: how, object, path }: DriftSubject): DriftSeverity {
  if (how === 'image') return 'image';
  if (how === 'secret' || (object.group === '' && object.kind === 'Secret')) return 'security';
  if (how === 'extra' && runsImages.has(object.kind)) return 'image';
  return placeSeverity(object, path);
}

const runsImages = new Set([
  'Pod',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
  'Rollout',
]);

/** The gravest first. */
export function severityRank(severity: DriftSeverity): number {
  return DriftSeverity.options.indexOf(severity);
}

export function gravest(severities: readonly DriftSeverity[]): DriftSeverity | undefined {
  return severities.toSorted((one, other) => severityRank(one) - severityRank(other))[0];
}

/** Whether the item takes readiness away by itself. */
export function revokes(item: Pick<DriftItem, 'severity' | 'ignoredBy' | 'excused' | 'resolvedAt'>, revokeFrom: DriftSeverity): boolean {
  const counts = item.ignoredBy === undefined && item.excused === undefined && item.resolvedAt === undefined;
  return counts && severityRank(item.severity) <= severityRank(revokeFrom);
}
