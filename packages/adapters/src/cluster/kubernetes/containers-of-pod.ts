import type { LiveContainer } from '@fairlead/domain';
import { digestOfImageId } from './image-id.ts';
import type { Pod, PodContainer, PodContainerStatus } from './schema.ts';

/** What a pod runs or is meant to run. A container that has no status yet, in a rollout that is stuck, is there without a digest. */
export function containersOfPod(pod: Pod): readonly LiveContainer[] {
  if (isOver(pod)) return [];
  const { spec, status } = pod;
  return [
    ...containers(pod, { kind: 'init', declared: spec.initContainers, statuses: status.initContainerStatuses }),
    ...containers(pod, { kind: 'main', declared: spec.containers, statuses: status.containerStatuses }),
    ...containers(pod, { kind: 'ephemeral', declared: spec.ephemeralContainers, statuses: status.ephemeralContainerStatuses }),
  ];
}

/** Finished, or being deleted with nothing left that runs. A pod that is being deleted and still runs is still what runs. */
function isOver({ metadata, status }: Pod): boolean {
  if (status.phase === 'Succeeded' || status.phase === 'Failed') return true;
  if (metadata.deletionTimestamp === undefined || metadata.deletionTimestamp === null) return false;
  return status.containerStatuses.every(({ state }) => state?.terminated !== undefined && state.terminated !== null);
}

interface Group {
  readonly kind: LiveContainer['kind'];
  readonly declared: readonly PodContainer[];
  readonly statuses: readonly PodContainerStatus[];
}

function containers(pod: Pod, { kind, declared, statuses }: Group): readonly LiveContainer[] {
  const { metadata } = pod;
  const owner = ownerOf(pod);
  const known = new Map(statuses.map((status) => [status.name, status]));
  const names = new Map([...declared, ...statuses].map(({ name, image }) => [name, image]));
  return [...names].map(([name, image]) => {
    const status = known.get(name);
    const digest = digestOfImageId(status?.imageID ?? '');
    return {
      namespace: metadata.namespace,
      pod: metadata.name,
      container: name,
      kind,
      image: declared.find((container) => container.name === name)?.image ?? image,
      ready: status?.ready ?? false,
      ...(digest === undefined ? {} : { digest }),
      ...(owner === undefined ? {} : { owner }),
    };
  });
}

function ownerOf({ metadata }: Pod): LiveContainer['owner'] {
  const owners = metadata.ownerReferences ?? [];
  const owner = owners.find(({ controller }) => controller === true) ?? owners[0];
  return owner === undefined ? undefined : { kind: owner.kind, name: owner.name };
}
