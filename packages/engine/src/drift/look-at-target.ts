import {
  controllerIgnoreRules,
  deliveredCommits,
  deliveredNamespaces,
  digestOf,
  managedObjects,
  NotFoundError,
  objectKey,
  type CommitSha,
  type DeliveryTarget,
  type DeliveredCommits,
  type Digest,
  type EnvironmentId,
  type ObjectRef,
  type ObservedDelivery,
  type ResolvedPolicy,
} from '@fairlead/domain';
import { targetName } from '../delivery/same-target.ts';
import { containment } from '../desired-state/containment.ts';
import type { ObjectScope } from '../ports/cluster.ts';
import { environmentConfiguration, type EnvironmentConfiguration } from '../service/environment-configuration.ts';
import { environmentPath } from '../service/environment-path.ts';
import { loadDesired, type DesiredObjects } from './desired-objects.ts';
import type { DriftPorts } from './drift-ports.ts';
import type { ClusterKinds, RulesQuestion } from './drift-settings.ts';
import { intendedImages } from './intended-images.ts';
import type { SeenPlace } from './seen-kinds.ts';
import type { ImageDigests } from './target-comparison.ts';
import { watchedScopes } from './watched-scope.ts';

/** One target of one environment. */
export interface WatchedTarget {
  readonly environment: EnvironmentId;
  readonly target: DeliveryTarget;
}

/** What a target's live objects are to be compared with, by what controller and Git say now. */
export interface TargetLook {
  readonly kind: 'ready';
  readonly cluster: string;
  readonly desired: DesiredObjects & { readonly commit: CommitSha };
  readonly arriving?: DesiredObjects;
  /** By the controller's account. */
  readonly commits: DeliveredCommits;
  /** On the branch and not delivered. */
  readonly pending: readonly CommitSha[];
  readonly managed: ReadonlyMap<string, ObjectRef>;
  readonly inventory: Digest;
  /** Where something is desired or managed. */
  readonly asked: readonly SeenPlace[];
  readonly images: ImageDigests;
  readonly ownedNamespaces: readonly string[];
  readonly scopes: readonly ObjectScope[];
  readonly rules: RulesQuestion;
  readonly policy: ResolvedPolicy;
}

/** There is nothing to compare with, and why. */
export interface NoLook {
  readonly kind: 'problem';
  readonly cluster: string;
  readonly problem: string;
}

export interface LookQuestion extends WatchedTarget {
  /** What was delivered when it was last known: a failed operation doesn't make the controller forget, but its account. */
  readonly lastDelivered?: CommitSha;
  readonly kindsOf: (cluster: string) => Promise<ClusterKinds>;
}

/** Asks controller and Git. Throws `UpstreamError` where one of them doesn't answer. */
export async function lookAtTarget(ports: DriftPorts, question: LookQuestion): Promise<TargetLook | NoLook> {
  const { environment, target } = question;
  const configuration = await environmentConfiguration(ports, environment, 'lately');
  const placed = await placeOf(ports, question);
  if (placed.kind === 'problem') return placed;
  const { cluster, seen, delivered, arriving } = placed;
  const kinds = await question.kindsOf(cluster);
  const { namespace } = seen.destination;
  const home = { configuration, namespace, clusterScoped: kinds.clusterScoped };
  const desired = await desiredAt(ports, home, delivered);
  if (typeof desired === 'string') return { kind: 'problem', cluster, problem: desired };
  const arrives = arriving === undefined || arriving === delivered ? 'nothing' : await desiredAt(ports, home, arriving);
  const sides = typeof arrives === 'string' ? [desired] : [desired, arrives];
  const managed = new Map(managedObjects(seen).map((ref) => [objectKey(ref), ref]));
  const ownedNamespaces = configuration.environment.spec.namespaces.filter(({ owned }) => owned).map(({ name }) => name);
  const refs = [...sides.flatMap(refsOf), ...managed.values()];
  const namespaces = namespacesOf(configuration, seen, refs);
  return {
    kind: 'ready',
    cluster,
    desired: { ...desired, commit: delivered },
    commits: { delivered, ...(arriving === undefined ? {} : { arriving }) },
    ...(typeof arrives === 'string' ? {} : { arriving: arrives }),
    pending: await pendingAfter(ports, configuration, delivered),
    managed,
    inventory: digestOf([...managed.keys()].toSorted()),
    asked: placesOf([...refsOf(desired), ...managed.values()]),
    images: await intendedImages(ports, environment),
    ownedNamespaces,
    scopes: watchedScopes({ cluster, namespaces, ownedNamespaces, refs, kinds }),
    rules: {
      environment,
      target: targetName(target),
      controller: target.controller,
      kinds,
      ownedNamespaces,
      namespace,
      hashSecret: ports.hashSecret,
      policy: configuration.policy,
      ignore: controllerIgnoreRules(seen).rules,
    },
    policy: configuration.policy,
  };
}

/** Whether the controller still gives the account that a look rests on. Costs one read of its object, where a look renders. */
export async function stillDelivers({ delivery }: DriftPorts, target: DeliveryTarget, { commits }: TargetLook): Promise<boolean> {
  const seen = await delivery[target.controller].observe(target);
  if (seen.kind === 'absent') return false;
  const { delivered, arriving } = deliveredCommits(seen, commits.delivered);
  return delivered === commits.delivered && arriving === commits.arriving;
}

interface Placed {
  readonly kind: 'placed';
  readonly cluster: string;
  readonly seen: ObservedDelivery;
  readonly delivered: CommitSha;
  readonly arriving?: CommitSha;
}

async function placeOf({ delivery, cluster }: DriftPorts, { target, lastDelivered }: LookQuestion): Promise<Placed | NoLook> {
  const seen = await delivery[target.controller].observe(target);
  if (seen.kind === 'absent') return { kind: 'problem', cluster: target.cluster, problem: `${targetName(target)} does not exist` };
  const destination = await cluster.resolveDestination(target, seen.destination);
  if (destination.kind === 'unresolved') return { kind: 'problem', cluster: target.cluster, problem: destination.reason };
  const { delivered, arriving } = deliveredCommits(seen, lastDelivered);
  if (delivered === undefined) return { kind: 'problem', cluster: destination.cluster, problem: 'nothing is known to be delivered yet' };
  return { kind: 'placed', cluster: destination.cluster, seen, delivered, ...(arriving === undefined ? {} : { arriving }) };
}

interface Home {
  readonly configuration: EnvironmentConfiguration;
  readonly namespace: string;
  readonly clusterScoped: ReadonlySet<string>;
}

async function desiredAt(ports: DriftPorts, { configuration, ...home }: Home, commit: CommitSha): Promise<DesiredObjects | string> {
  try {
    const files = await configuration.repository.git.snapshot(commit);
    const loaded = await loadDesired(ports, { path: environmentPath(configuration), files, commit, ...home });
    return loaded.kind === 'rendered' ? loaded.desired : `commit ${commit} does not render: ${loaded.message}`;
  } catch (error) {
    if (error instanceof NotFoundError) return `commit ${commit} is not in the repository`;
    throw error;
  }
}

async function pendingAfter(
  ports: DriftPorts,
  configuration: EnvironmentConfiguration,
  delivered: CommitSha,
): Promise<readonly CommitSha[]> {
  const { git, branch } = configuration.repository;
  const head = await git.head(branch);
  if (head === 'absent' || head === delivered) return [];
  const stands = await containment(
    { git, renderer: ports.renderer },
    { path: environmentPath(configuration), commit: delivered, revision: head },
  );
  return stands === 'differs' ? [head] : [];
}

function namespacesOf({ environment }: EnvironmentConfiguration, seen: ObservedDelivery, refs: readonly ObjectRef[]): readonly string[] {
  const named = refs.flatMap(({ namespace }) => namespace ?? []);
  return [...new Set([...environment.spec.namespaces.map(({ name }) => name), ...deliveredNamespaces(seen), ...named])];
}

function refsOf({ objects }: DesiredObjects): readonly ObjectRef[] {
  return [...objects.values()].map(({ ref }) => ref);
}

/** Each kind in each namespace once: that is what can be seen or not, however many objects there are. */
function placesOf(refs: readonly ObjectRef[]): TargetLook['asked'] {
  return [
    ...new Map(refs.map(({ group, kind, namespace }) => [`${group}/${kind}/${namespace ?? ''}`, placeIn(group, kind, namespace)])).values(),
  ];
}

function placeIn(group: string, kind: string, namespace: string | undefined): SeenPlace {
  return { group, kind, ...(namespace === undefined ? {} : { namespace }) };
}
