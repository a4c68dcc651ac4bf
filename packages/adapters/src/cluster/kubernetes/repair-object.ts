import { FreeMap, UpstreamError, type JsonObject, type JsonPatchOperation, type ObjectRef } from '@fairlead/domain';
import type { RepairOutcome, ServedKind } from '@fairlead/engine';
import { kubernetesFault, kubernetesStatus } from '../../http/kubernetes-fault.ts';
import type { KubernetesWire } from '../../http/kubernetes/kubernetes-wire.ts';
import { collectionOf } from './collection-of.ts';

/** One object of a cluster. */
export interface Repaired {
  readonly wire: KubernetesWire;
  readonly kinds: readonly ServedKind[];
  readonly ref: ObjectRef;
}

export async function readObject({ wire, kinds, ref }: Repaired): Promise<JsonObject | 'absent'> {
  const path = pathOf(kinds, ref);
  if (path === undefined) return 'absent';
  try {
    return FreeMap.parse((await wire.ask({ path })).body);
  } catch (cause) {
    if (kubernetesStatus(cause) === 404) return 'absent';
    throw faultOf(cause, `reading ${path}`);
  }
}

const outcomes: Readonly<Record<number, RepairOutcome | undefined>> = {
  403: 'forbidden',
  404: 'absent',
  409: 'changed',
  // A test of the patch that fails.
  422: 'changed',
};

export async function patchObject({ wire, kinds, ref }: Repaired, patch: readonly JsonPatchOperation[]): Promise<RepairOutcome> {
  const path = pathOf(kinds, ref);
  if (path === undefined) return 'absent';
  try {
    await wire.ask({ path, query: { fieldManager: 'fairlead' }, patch });
    return 'patched';
  } catch (cause) {
    const outcome = outcomes[kubernetesStatus(cause) ?? 0];
    if (outcome !== undefined) return outcome;
    throw faultOf(cause, `patching ${path}`);
  }
}

/** In the version that the cluster prefers; none where it doesn't serve the kind. */
function pathOf(kinds: readonly ServedKind[], { group, kind, namespace, name }: ObjectRef): string | undefined {
  const served = kinds.find((one) => one.group === group && one.kind === kind);
  if (served === undefined) return undefined;
  const { path } = collectionOf({ kind: served, ...(served.namespaced && namespace !== undefined ? { namespace } : {}) });
  return `${path}/${encodeURIComponent(name)}`;
}

function faultOf(cause: unknown, doing: string): UpstreamError {
  return cause instanceof UpstreamError ? cause : kubernetesFault(cause, doing);
}
