import { since, unknown, type DeliveryFacts } from './delivery-facts.ts';
import type { DeliveryVerdict } from './delivery-verdict.ts';

/** What an Application says of itself that makes everything else of it meaningless. */
export function judgeApplication({ seen }: DeliveryFacts): DeliveryVerdict | undefined {
  const { namespace, name } = seen.target;
  if (seen.deletion !== undefined) {
    const fate = seen.deletion.cascades ? ', and what it delivered with it' : '; what it delivered stays, and nobody keeps it';
    return { ...unknown('application', `application ${namespace}/${name} is being deleted${fate}`), ...since(seen.deletion.since) };
  }
  if (seen.skipsReconcile === true) {
    return {
      kind: 'suspended',
      reason: `the controller leaves ${namespace}/${name} alone: it has the annotation argocd.argoproj.io/skip-reconcile`,
    };
  }
  if (seen.operation?.phase !== 'Unknown') return undefined;
  return unknown(
    'status.operationState.phase',
    `the phase of its operation is ${JSON.stringify(seen.operation.phaseSaid ?? '')}, which is none that is known`,
  );
}
