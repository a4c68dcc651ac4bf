import { FreeMap, objectRefOf, UpstreamError, type DryApplied, type JsonObject } from '@fairlead/domain';
import type { ServedKind } from '@fairlead/engine';
import { kubernetesFault, kubernetesStatus } from '../../http/kubernetes-fault.ts';
import type { KubernetesWire } from '../../http/kubernetes/kubernetes-wire.ts';
import { collectionOf } from './collection-of.ts';
import { inParallel } from './in-parallel.ts';

/** Each object in the version that it is written in. An API server that is down is no answer, and ends it all. */
export function applyDry(
  wire: KubernetesWire,
  kinds: readonly ServedKind[],
  objects: readonly JsonObject[],
): Promise<readonly DryApplied[]> {
  return inParallel(objects, async (object) => {
    const { group, version, kind, namespace, name } = objectRefOf(object);
    const served = kinds.find((one) => one.group === group && one.kind === kind);
    if (served === undefined) return { kind: 'refused', reason: `the cluster does not serve ${kind} of ${group}` };
    const place = { kind: { ...served, version }, ...(served.namespaced && namespace !== undefined ? { namespace } : {}) };
    const path = `${collectionOf(place).path}/${encodeURIComponent(name)}`;
    try {
      const query = { dryRun: 'All', fieldManager: 'fairlead', force: true };
      return { kind: 'applied', object: FreeMap.parse((await wire.ask({ path, query, apply: object })).body) };
    } catch (cause) {
      const fault = cause instanceof UpstreamError ? cause : kubernetesFault(cause, `a dry run of ${kind} ${name}`);
      const status = kubernetesStatus(cause) ?? 0;
      if (status < 400 || status >= 500 || fault.retryable) throw fault;
      return { kind: 'refused', reason: fault.message };
    }
  });
}
