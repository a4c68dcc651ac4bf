import { CoreV1Api, type KubeConfig } from '@kubernetes/client-node';
import { UpstreamError } from '@fairlead/domain';
import { kubernetesApi } from '../../http/kubernetes-api.ts';
import { kubernetesFault, kubernetesStatus } from '../../http/kubernetes-fault.ts';
import { PodList, type Pod } from './schema.ts';

export interface PodReader {
  /** Every pod of a namespace, in pages. */
  pods(namespace: string): Promise<readonly Pod[]>;
}

const pageSize = 500;

export function podReader(kubeConfig: KubeConfig, cluster: string, timeoutMs: number): PodReader {
  const api = kubernetesApi(kubeConfig, CoreV1Api, timeoutMs);
  const page = async (namespace: string, after: string | undefined): Promise<PodList> => {
    const list: unknown = await api.listNamespacedPod({ namespace, limit: pageSize, ...(after === undefined ? {} : { _continue: after }) });
    return PodList.parse(list);
  };
  const all = async (namespace: string): Promise<readonly Pod[]> => {
    const pods: Pod[] = [];
    let after: string | undefined;
    do {
      const { items, metadata } = await page(namespace, after);
      pods.push(...items);
      after = metadata._continue === '' ? undefined : metadata._continue;
    } while (after !== undefined);
    return pods;
  };
  return {
    async pods(namespace) {
      try {
        return await againWhenExpired(() => all(namespace));
      } catch (cause) {
        throw faultOf(cause, `listing the pods of namespace ${namespace} on cluster ${cluster}`);
      }
    },
  };
}

/** The place in a list is kept for some minutes only. Starting over once is enough, unless pages take minutes. */
async function againWhenExpired<Value>(attempt: () => Promise<Value>): Promise<Value> {
  try {
    return await attempt();
  } catch (cause) {
    if (kubernetesStatus(cause) !== 410) throw cause;
    return attempt();
  }
}

function faultOf(cause: unknown, doing: string): UpstreamError {
  if (!(cause instanceof Error) || cause.name !== 'ZodError') return kubernetesFault(cause, doing);
  return new UpstreamError('kubernetes-unexpected', `${doing}: a pod that we can not read`, {
    provider: 'kubernetes',
    retryable: false,
    hint: 'check that this version of Kubernetes is a supported one',
  });
}
