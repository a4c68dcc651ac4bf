import { objectRefOf } from '../desired-state/object-ref-of.ts';
import type { ObjectRef } from '../desired-state/object-ref.ts';
import type { JsonObject } from '../document/json.ts';
import type { DriftRules } from './drift-rules.ts';
import { isAccountedFor } from './accounted-objects.ts';
import { ownersOf } from './field-owners.ts';
import { isMadeByOwner } from './made-by-owner.ts';

/** Whether an object that isn't desired is one too many: the controller says that it's its own, or it lies in a namespace of ours and nothing there made it. */
export function isExtra(rules: DriftRules, live: JsonObject, managed: boolean): boolean {
  if (isMadeByOwner(live, rules.trusted) || isAccountedFor(live, rules.accounts, rules.trusted)) return false;
  if (managed) return true;
  const ref = objectRefOf(live);
  return ref.namespace !== undefined && rules.ownedNamespaces.includes(ref.namespace) && !isOfCluster(rules, ref, live);
}

/** In every namespace, made by the controller manager. */
const everywhere = new Set(['/ServiceAccount/default', '/ConfigMap/kube-root-ca.crt']);
/** Churn, and nobody's. */
const passing = new Set(['/Event', 'events.k8s.io/Event', 'coordination.k8s.io/Lease', 'metrics.k8s.io/PodMetrics']);
/** Made by a control loop for a Service, a StatefulSet or a ServiceAccount, without saying so by an owner. */
const madeForOthers = new Set(['/Endpoints', 'discovery.k8s.io/EndpointSlice', '/PersistentVolumeClaim']);

function isOfCluster(rules: DriftRules, { group, kind, name }: ObjectRef, live: JsonObject): boolean {
  if (everywhere.has(`${group}/${kind}/${name}`) || passing.has(`${group}/${kind}`)) return true;
  if (!madeForOthers.has(`${group}/${kind}`)) return false;
  const writers = ownersOf(live, []);
  return writers.length > 0 && writers.every(({ manager }) => rules.trusted.has(manager));
}
