import type { Cluster } from '../api/cluster.ts';
import { sameJson } from '../json/json.ts';
import { flagAt, numberAt, objectAt, textAt } from '../json/json-path.ts';
import type { KubeObject } from '../resources/kube-object.ts';
import { asKubeObject } from '../api/finish-object.ts';
import { clientFor, type Client } from './client.ts';
import { controlledBy, objectController, type Controller } from './controller.ts';
import {
  annotated,
  availableOf,
  findRollout,
  newReplicaSet,
  nextRevision,
  replicaSets,
  replicasOf,
  revisionOf,
  rollingLimits,
  sizeOf,
  type Rollout,
} from './deployment-replica-sets.ts';
import { deadlineMs, reportDeployment } from './deployment-status.ts';
import { isTerminating } from './pods.ts';

const typeId = 'deployments.apps';

export function deploymentController(cluster: Cluster): Controller {
  const client = clientFor(cluster, 'kube-controller-manager');
  const { store, clock } = cluster;
  return objectController(store, {
    typeId,
    related: controlledBy('Deployment'),
    reconcile: (deployment) => {
      if (isTerminating(deployment)) return undefined;
      rollOut(client, findRollout(client, deployment));
      reportDeployment(client, clock, findRollout(client, deployment));
      const latest = client.get(typeId, deployment.metadata.namespace, deployment.metadata.name);
      const remaining = latest === undefined ? Infinity : deadlineMs(clock, latest);
      return Number.isFinite(remaining) ? Math.max(1, remaining) : undefined;
    },
  });
}

function rollOut(client: Client, rollout: Rollout): void {
  const { deployment, current, old } = rollout;
  if (flagAt(deployment, 'spec', 'paused')) {
    // A paused deployment still scales, but the pods it has.
    const latest = current ?? old.at(-1);
    if (latest !== undefined && replicasOf(latest) !== replicasOf(deployment)) scale(client, latest, replicasOf(deployment));
    return;
  }
  if (textAt(deployment, 'spec', 'strategy', 'type') === 'Recreate') recreate(client, rollout);
  else roll(client, rollout);
}

function recreate(client: Client, rollout: Rollout): void {
  const { deployment, old } = rollout;
  for (const set of old.filter((one) => replicasOf(one) > 0)) scale(client, set, 0);
  const left = old.some((set) => hasPods(set));
  if (!left) ensureCurrent(client, rollout, replicasOf(deployment));
}

function hasPods(set: KubeObject): boolean {
  return replicasOf(set) > 0 || ['replicas', 'terminatingReplicas'].some((key) => (numberAt(set, 'status', key) ?? 0) > 0);
}

function roll(client: Client, rollout: Rollout): void {
  const { deployment, current, old } = rollout;
  const wanted = replicasOf(deployment);
  const { surge, unavailable } = rollingLimits(deployment);
  const own = current === undefined ? 0 : replicasOf(current);
  const room = Math.max(0, wanted + surge - sizeOf(old) - own);
  const size = own > wanted ? wanted : own + Math.min(room, wanted - own);
  ensureCurrent(client, rollout, size);
  if (current !== undefined) shrinkOld(client, rollout, wanted - unavailable);
}

/** Old pods go as new ones become available: those that don't serve at once, the others while enough serve. */
function shrinkOld(client: Client, rollout: Rollout, least: number): void {
  const { current, old } = rollout;
  const sets = current === undefined ? old : [...old, current];
  let spare = sets.reduce((sum, set) => sum + availableOf(set), 0) - least;
  for (const set of old.filter((one) => replicasOf(one) > 0)) {
    const idle = Math.max(0, replicasOf(set) - availableOf(set));
    const serving = Math.min(Math.max(0, spare), replicasOf(set) - idle);
    spare -= serving;
    if (idle + serving > 0) scale(client, set, replicasOf(set) - idle - serving);
  }
  if (current !== undefined && availableOf(current) >= replicasOf(current)) dropHistory(client, rollout);
}

function dropHistory(client: Client, { deployment, old }: Rollout): void {
  const keptRevisions = numberAt(deployment, 'spec', 'revisionHistoryLimit') ?? 10;
  const empty = old.filter((set) => replicasOf(set) === 0 && (numberAt(set, 'status', 'replicas') ?? 0) === 0);
  for (const set of empty.slice(0, Math.max(0, empty.length - keptRevisions))) client.remove(replicaSets, set);
}

function ensureCurrent(client: Client, rollout: Rollout, replicas: number): void {
  const { current } = rollout;
  const newest = nextRevision(rollout);
  if (current === undefined) {
    client.create(replicaSets, annotated(newReplicaSet(rollout, replicas), rollout, newest));
    return;
  }
  const known = asKubeObject(annotated(current, rollout, Math.max(newest, revisionOf(current))));
  const annotatedSet = sameJson(known, current) ? current : client.update(replicaSets, known);
  if (replicasOf(annotatedSet) !== replicas) scale(client, annotatedSet, replicas);
}

function scale(client: Client, set: KubeObject, replicas: number): void {
  client.update(replicaSets, { ...set, spec: { ...objectAt(set, 'spec'), replicas } });
}
