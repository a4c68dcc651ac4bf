import { fieldAt, numberAt, textAt } from '../../document/json-field.ts';
import type { JsonPath } from '../../document/json-pointer.ts';
import type { JsonObject } from '../../document/json.ts';
import { parseImageText } from '../../policy/image-text.ts';
import type { ReplicaBounds } from '../../profile/profile.ts';
import { objectName, type ObjectRef } from '../object-ref.ts';
import { objectRefOf } from '../object-ref-of.ts';
import type { ObjectFault } from './object-fault.ts';
import { containersOf, podSpecs } from './pod-specs.ts';

/** A component whose replicas are bounded, and the image by which its workloads are known. */
export interface BoundedComponent {
  readonly name: string;
  readonly repository: string;
  readonly bounds: ReplicaBounds;
}

interface Workload {
  readonly object: JsonObject;
  readonly ref: ObjectRef;
}

/** Replicas of components, as written or as an autoscaler may set them. */
export function judgeReplicas(objects: readonly JsonObject[], components: readonly BoundedComponent[]): readonly ObjectFault[] {
  const workloads = objects
    .map((object): Workload => ({ object, ref: objectRefOf(object) }))
    .filter(({ ref }) => ['Deployment', 'StatefulSet', 'Rollout'].includes(ref.kind));
  return components.flatMap((component) =>
    workloadsOf(workloads, component).flatMap((workload) => {
      const scaler = objects.find((object) => scales(object, workload.ref));
      const counts = scaler === undefined ? written(workload) : scaled(scaler);
      return counts.flatMap((count) => faultOf(count, component));
    }),
  );
}

/** Several workloads may run a component's image; one that is called like it is the component. */
function workloadsOf(workloads: readonly Workload[], { name, repository }: BoundedComponent): readonly Workload[] {
  const running = workloads.filter(({ object }) =>
    podSpecs(object).some((pod) =>
      containersOf(pod).some(
        ({ list, container }) => list === 'containers' && parseImageText(textAt(container, 'image') ?? '')?.repository === repository,
      ),
    ),
  );
  const named = running.filter(({ ref }) => ref.name === name || ref.name.endsWith(`-${name}`));
  return named.length > 0 ? named : running;
}

interface Count {
  readonly object: ObjectRef;
  readonly path: JsonPath;
  readonly least: number;
  readonly most: number;
  readonly said: string;
}

function written({ object, ref }: Workload): readonly Count[] {
  const given = numberAt(object, 'spec', 'replicas');
  const count = given ?? 1;
  const said = given === undefined ? 'does not say its replicas, which makes 1' : `has ${replicas(count)}`;
  return [{ object: ref, path: ['spec', 'replicas'], least: count, most: count, said }];
}

function scales(object: JsonObject, { kind, name, namespace }: ObjectRef): boolean {
  const scaler = objectRefOf(object);
  if (!['HorizontalPodAutoscaler', 'ScaledObject'].includes(scaler.kind)) return false;
  const target = fieldAt(object, 'spec', 'scaleTargetRef');
  return textAt(target, 'name') === name && (textAt(target, 'kind') ?? 'Deployment') === kind && scaler.namespace === namespace;
}

function scaled(object: JsonObject): readonly Count[] {
  const ref = objectRefOf(object);
  const [lower, upper, none, many] =
    ref.kind === 'ScaledObject'
      ? (['minReplicaCount', 'maxReplicaCount', 0, 100] as const)
      : (['minReplicas', 'maxReplicas', 1, 1] as const);
  const least = numberAt(object, 'spec', lower) ?? none;
  const most = numberAt(object, 'spec', upper) ?? many;
  return [
    { object: ref, path: ['spec', lower], least, most: least, said: `scales down to ${replicas(least)}` },
    { object: ref, path: ['spec', upper], least: most, most, said: `scales up to ${replicas(most)}` },
  ];
}

function replicas(count: number): string {
  return `${String(count)} ${count === 1 ? 'replica' : 'replicas'}`;
}

function faultOf({ object, path, least, most, said }: Count, { name, bounds }: BoundedComponent): readonly ObjectFault[] {
  const { min, max } = bounds;
  const tooFew = min !== undefined && least < min;
  if (!tooFew && (max === undefined || most <= max)) return [];
  const wanted = tooFew ? `at least ${String(min)}` : `at most ${String(max)}`;
  const message = `${objectName(object)} ${said}; the profile takes ${wanted} for ${name}`;
  const fix = `set ${path.join('.')} within the bounds, or change spec.replicas.${name} of the profile`;
  return [{ rule: 'contract-replicas', object, path, message, fix }];
}
