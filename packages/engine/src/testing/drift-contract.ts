import {
  builtInPolicy,
  compareEnvironment,
  EnvironmentId,
  objectKey,
  objectRefOf,
  type Controller,
  type DriftFinding,
  type DriftRules,
  type JsonObject,
} from '@fairlead/domain';
import { isMap } from '../drift/desired-objects.ts';
import { rulesFor, type ClusterKinds } from '../drift/drift-settings.ts';
import type { Cluster } from '../ports/cluster.ts';
import type { Contract, Equal } from './contract.ts';
import { driftCases, type ClusterEdit, type DriftCase, type ExpectedDrift } from './drift-cases.ts';
import { driftExample } from './drift-example.ts';

/** A cluster with one namespace, which belongs to one case. Fresh for each. */
export interface DriftWorld {
  readonly cluster: Cluster;
  /** What it serves. */
  readonly kinds: ClusterKinds;
  /** Its name. */
  readonly name: string;
  /** Exists, and is empty but for what a cluster puts into every namespace. */
  readonly namespace: string;
  /** Whose way of applying objects, and whose name, `deliver` has. */
  readonly controller: Controller;
  deliver(object: JsonObject): Promise<unknown>;
  /** Resolves when the API server has said that it is done. */
  edit(edit: ClusterEdit): Promise<unknown>;
  readonly now: () => Date;
}

/** The drift suite: by whatever way the objects came into whatever cluster, a comparison finds of each edit exactly what the case says, by whom, and nothing else:
 *  neither at once, nor when the cluster's own controllers have had their say. */
export const driftContract: Contract<DriftWorld> = Object.fromEntries(
  driftCases.map((one) => [one.name, (world: DriftWorld, equal: Equal) => play(one, world, equal)]),
);

async function play({ desired = [], edits, expected }: DriftCase, world: DriftWorld, equal: Equal): Promise<void> {
  const { namespace } = world;
  const wanted = [...driftExample(namespace), ...desired.map((object) => inNamespace(object, namespace))];
  const rules = rulesOf(world, wanted);
  for (const object of wanted) await world.deliver(object);
  await settled(world);
  equal(driftSeen(await look(world, rules)), []);

  for (const edit of edits) await world.edit(edit);
  equal(driftSeen(await look(world, rules)), expected);
  await settled(world);
  const findings = await look(world, rules);

  equal(driftSeen(findings), expected);
  equal(
    findings.map(({ by }) => by.changedAt === undefined),
    findings.map(() => false),
  );
}

function inNamespace(object: JsonObject, namespace: string): JsonObject {
  const { metadata } = object;
  return { ...object, metadata: { ...(isMap(metadata) ? metadata : {}), namespace } };
}

/** The findings in the form in which a case expects them, in its order. */
function driftSeen(findings: readonly DriftFinding[]): readonly ExpectedDrift[] {
  return findings
    .map(({ class: how, severity, object, path, by: { manager } }) => ({
      class: how,
      severity,
      object: `${object.kind}/${object.name}`,
      path,
      ...(manager === undefined ? {} : { manager }),
    }))
    .toSorted((one, other) => (one.object + one.path < other.object + other.path ? -1 : 1));
}

function rulesOf({ kinds, namespace, controller }: DriftWorld, wanted: readonly JsonObject[]): DriftRules {
  const environment = EnvironmentId.parse('web/drift');
  const question = {
    environment,
    target: 'web',
    controller,
    kinds,
    ownedNamespaces: [namespace],
    hashSecret: () => 'hidden',
    policy: builtInPolicy,
  };
  return rulesFor(question, {
    objects: new Map(wanted.map((object) => [objectKey(objectRefOf(object)), { ref: objectRefOf(object), object }])),
  });
}

async function look({ cluster, name, namespace, now }: DriftWorld, rules: DriftRules): Promise<readonly DriftFinding[]> {
  const live: JsonObject[] = [];
  await cluster.listObjects({ cluster: name, namespaces: [namespace] }, ({ object }) => live.push(object));
  return compareEnvironment(rules, { desired: rules.desired ?? [], live }, now().toISOString()).findings;
}

/** Whatever the control plane does about the Deployment, it has begun. */
async function settled({ cluster, name, namespace }: DriftWorld): Promise<void> {
  let behind = true;
  while (behind) {
    behind = false;
    await cluster.listObjects({ cluster: name, namespaces: [namespace], kinds: [{ group: 'apps', kind: 'Deployment' }] }, ({ object }) => {
      const { metadata, status } = object;
      const [generation, observed] = [isMap(metadata) && metadata['generation'], isMap(status) && status['observedGeneration']];
      behind = generation !== observed;
    });
  }
}
