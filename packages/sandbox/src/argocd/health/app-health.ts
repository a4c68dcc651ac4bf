import { annotationOf, type KubeObject } from '../../kube/kube-object.ts';
import { worstOf, type HealthStatus } from './health.ts';
import { resourceHealth } from './resource-health.ts';

/** One resource of an application: declared, live, or both. Hooks are not among them. */
export interface ManagedPair {
  readonly target?: KubeObject | undefined;
  readonly live?: KubeObject | undefined;
}

/** The worst health of what is live. A resource that is missing counts only when all are. */
export function appHealth(pairs: readonly ManagedPair[]): HealthStatus {
  const counted = pairs.filter(
    ({ target }) => target === undefined || annotationOf(target, 'argocd.argoproj.io/ignore-healthcheck') !== 'true',
  );
  if (counted.length > 0 && counted.every(({ live }) => live === undefined)) return 'Missing';
  return worstOf(counted.flatMap(({ live }) => (live === undefined ? [] : countedHealth(live))));
}

/** A job that somebody holds holds nothing else. */
function countedHealth(live: KubeObject): readonly HealthStatus[] {
  const status = resourceHealth(live)?.status;
  return status === undefined || (live.kind === 'Job' && status === 'Suspended') ? [] : [status];
}
