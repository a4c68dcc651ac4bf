import type { LiveContainer, LiveInventory } from '../delivery/live-image.ts';
import { objectKey, type ObjectRef } from '../desired-state/object-ref.ts';
import type { JsonObject } from '../document/json.ts';
import type { DriftFinding } from './drift-item.ts';
import type { DriftRules } from './drift-rules.ts';
import { makeFinding } from './make-finding.ts';
import { pathText, type PathStep } from './path-step.ts';
import { wantedContainers, workloadIndex, workloadOf, type WantedWorkload } from './wanted-containers.ts';

export interface RunningImages {
  readonly desired: readonly JsonObject[];
  readonly inventory: LiveInventory;
  /** By an image's digest: every digest that the same image may run by, of its index, of a platform's manifest or of its configuration. */
  readonly resolved: Readonly<Record<string, readonly string[]>>;
}

/** What runs that isn't what is desired, by digest and never by name: init and ephemeral containers and the pods of a stuck rollout too. */
export function imageFindings(rules: DriftRules, { desired, inventory, resolved }: RunningImages, at: string): readonly DriftFinding[] {
  const workloads = wantedContainers(desired, rules.namespace);
  const judge = judgeBy(resolved, workloads);
  const wrong = new Map<string, WrongImage>();
  for (const container of inventory.containers) {
    const found = judge(container, rules.ownedNamespaces.includes(container.namespace));
    if (found === undefined) continue;
    const key = `${objectKey(found.object)} ${pathText(found.steps)}`;
    wrong.set(key, { ...found, live: [...(wrong.get(key)?.live ?? []), container] });
  }
  return [...wrong.values()].map(({ object, steps, desired: wanted, live }) =>
    makeFinding(rules, {
      class: 'image',
      object,
      steps,
      ...(wanted === undefined ? {} : { desired: wanted }),
      live: runningAs(live),
      by: { changedAt: at, changedAtIs: 'first-seen' },
    }),
  );
}

/** Containers whose pods no rule of the desired state knows, or that run something else: what it doesn't know it doesn't account for. */
export function unaccountedContainers(rules: DriftRules, { desired, inventory, resolved }: RunningImages): readonly LiveContainer[] {
  const workloads = wantedContainers(desired, rules.namespace);
  const index = workloadIndex(workloads);
  const known = digestsKnown(workloads, resolved);
  return inventory.containers.filter((container) => {
    const workload = container.kind === 'ephemeral' ? undefined : workloadOf(container, index);
    if (workload !== undefined) return inWorkload(container, workload, resolved) !== undefined;
    return !known.has(digestToBe(container) ?? '');
  });
}

interface WrongImage {
  readonly object: ObjectRef;
  readonly steps: readonly PathStep[];
  readonly desired?: string;
  readonly live: readonly LiveContainer[];
}

type Judge = (container: LiveContainer, owned: boolean) => Omit<WrongImage, 'live'> | undefined;

function judgeBy(resolved: RunningImages['resolved'], workloads: readonly WantedWorkload[]): Judge {
  const index = workloadIndex(workloads);
  const known = digestsKnown(workloads, resolved);
  return (container, owned) => {
    const workload = workloadOf(container, index);
    if (workload !== undefined && container.kind !== 'ephemeral') return inWorkload(container, workload, resolved);
    const foreign = container.kind === 'ephemeral' || !known.has(digestToBe(container) ?? '');
    return foreign && (owned || workload !== undefined) ? inPod(container) : undefined;
  };
}

function digestsKnown(workloads: readonly WantedWorkload[], resolved: RunningImages['resolved']): ReadonlySet<string> {
  return new Set(workloads.flatMap(({ containers }) => containers.flatMap(({ image }) => digestsOf(image, resolved) ?? [])));
}

function inWorkload(container: LiveContainer, { object, template, containers }: WantedWorkload, resolved: RunningImages['resolved']) {
  const wanted = containers.find(({ name }) => name === container.container);
  const steps = [...template, 'spec', listOf(container), element(container), 'image'];
  if (wanted === undefined) return { object, steps };
  const isOther = digestsOf(wanted.image, resolved)?.includes(digestToBe(container) ?? '') === false;
  return isOther ? { object, steps, desired: wanted.image } : undefined;
}

/** `undefined`: the image is named by tag, and nobody said by which digests it may run. */
function digestsOf(image: string, resolved: RunningImages['resolved']): readonly string[] | undefined {
  const pin = pinOf(image);
  const same = [image, ...(pin === undefined ? [] : [pin])].flatMap((name) =>
    Object.hasOwn(resolved, name) ? (resolved[name] ?? []) : [],
  );
  if (pin === undefined && same.length === 0) return undefined;
  return pin === undefined ? same : [pin, ...same];
}

function inPod(container: LiveContainer): Omit<WrongImage, 'live'> {
  const { namespace, pod } = container;
  const object = { group: '', version: 'v1', kind: 'Pod', namespace, name: pod };
  return { object, steps: ['spec', listOf(container), element(container), 'image'] };
}

const lists = { main: 'containers', init: 'initContainers', ephemeral: 'ephemeralContainers' } as const;

function listOf({ kind }: LiveContainer): string {
  return lists[kind];
}

function element({ container }: LiveContainer): PathStep {
  return { keys: ['name'], element: { name: container }, live: 0, desired: 0 };
}

/** What it runs, or what it will, once it is pulled, where the image says so by digest. */
function digestToBe({ digest, image }: LiveContainer): string | undefined {
  return digest ?? pinOf(image);
}

/** Each digest once; a name only as long as no container has shown what it stands for, so that a rollout is one difference and not one for each pod. */
function runningAs(containers: readonly LiveContainer[]): string {
  const shown = new Map(containers.flatMap((one) => [[one.image, digestToBe(one)] as const]).filter(([, digest]) => digest !== undefined));
  return [...new Set(containers.map((one) => digestToBe(one) ?? shown.get(one.image) ?? one.image))].toSorted().join(', ');
}

function pinOf(image: string): string | undefined {
  return /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1];
}
