import { UpstreamError } from '@fairlead/domain';
import { kubernetesFault } from '../../http/kubernetes-fault.ts';
import type { KubernetesWire } from '../../http/kubernetes/kubernetes-wire.ts';
import { listCollection } from '../../http/kubernetes/list-collection.ts';
import { Pod } from './schema.ts';

export interface PodReader {
  /** Every pod of a namespace, in pages. */
  pods(namespace: string): Promise<readonly Pod[]>;
}

export function podReader(wire: KubernetesWire, cluster: string): PodReader {
  return {
    async pods(namespace) {
      // By uid: a list that starts over shows a pod twice.
      const pods = new Map<string, Pod>();
      try {
        await listCollection(wire, {
          collection: { path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods` },
          take: ({ uid, object }) => pods.set(uid, Pod.parse(object)),
        });
        return [...pods.values()];
      } catch (cause) {
        throw faultOf(cause, `listing the pods of namespace ${namespace} on cluster ${cluster}`);
      }
    },
  };
}

function faultOf(cause: unknown, doing: string): UpstreamError {
  const unreadable = cause instanceof UpstreamError || (cause instanceof Error && cause.name === 'ZodError');
  if (!unreadable) return kubernetesFault(cause, doing);
  return new UpstreamError('kubernetes-unexpected', `${doing}: a pod that we can not read`, {
    provider: 'kubernetes',
    retryable: false,
    hint: 'check that this version of Kubernetes is a supported one',
  });
}
