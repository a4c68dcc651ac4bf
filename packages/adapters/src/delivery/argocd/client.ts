import { CustomObjectsApi, PatchStrategy, setHeaderOptions } from '@kubernetes/client-node';
import { NotFoundError, UpstreamError, type DeliveryTarget, type JsonObject } from '@fairlead/domain';
import type { z } from 'zod';
import { kubernetesApi } from '../../http/kubernetes-api.ts';
import { kubernetesFault, kubernetesStatus } from '../../http/kubernetes-fault.ts';
import type { ArgoCdOptions } from './options.ts';
import { ApplicationPage, type FoundApplication } from './schema.ts';

const kind = { group: 'argoproj.io', version: 'v1alpha1', plural: 'applications' } as const;

/** Applications of the installation's clusters, through the Kubernetes API. */
export interface ArgoCdClient {
  /** As it is now, unparsed. */
  read(target: DeliveryTarget): Promise<unknown>;
  /** A merge patch; `conflict` where its `resourceVersion` is not the current one. */
  patch(target: DeliveryTarget, patch: JsonObject): Promise<'patched' | 'conflict' | 'absent'>;
  /** All of a namespace, or of the cluster. */
  find(cluster: string, namespace: string | undefined): Promise<readonly FoundApplication[]>;
}

export const absent = Symbol('absent');

export function argoCdClient({ clusters, requestTimeoutMs = 30_000 }: ArgoCdOptions): ArgoCdClient {
  const apis = new Map<string, CustomObjectsApi>();
  const api = (cluster: string): CustomObjectsApi => {
    const known = apis.get(cluster) ?? kubernetesApi(clusters.kubeConfig(cluster), CustomObjectsApi, requestTimeoutMs);
    apis.set(cluster, known);
    return known;
  };
  return {
    async read(target) {
      try {
        const object: unknown = await api(target.cluster).getNamespacedCustomObject(locate(target));
        return object;
      } catch (cause) {
        if (kubernetesStatus(cause) === 404) return absent;
        throw faultOf(cause, `reading ${nameOf(target)}`);
      }
    },
    async patch(target, body) {
      try {
        const options = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);
        await api(target.cluster).patchNamespacedCustomObject({ ...locate(target), body, fieldManager: 'fairlead' }, options);
        return 'patched';
      } catch (cause) {
        if (kubernetesStatus(cause) === 409) return 'conflict';
        if (kubernetesStatus(cause) === 404) return 'absent';
        throw faultOf(cause, `patching ${nameOf(target)}`);
      }
    },
    async find(cluster, namespace) {
      const doing = `listing the applications of ${namespace ?? 'all namespaces'} on cluster ${cluster}`;
      try {
        return await everyPage(async (place) => {
          const page: unknown = await (namespace === undefined
            ? api(cluster).listClusterCustomObject({ ...kind, ...place })
            : api(cluster).listNamespacedCustomObject({ ...kind, ...place, namespace }));
          return parsed(ApplicationPage, page, doing);
        });
      } catch (cause) {
        throw faultOf(cause, doing);
      }
    },
  };
}

/** Their status can be of a megabyte each. */
const pageSize = 100;

async function everyPage(
  read: (place: { readonly limit: number; readonly _continue?: string }) => Promise<z.infer<typeof ApplicationPage>>,
): Promise<readonly FoundApplication[]> {
  const items: FoundApplication[] = [];
  let after: string | null | undefined;
  do {
    const page = await read({ limit: pageSize, ...(after ? { _continue: after } : {}) });
    items.push(...page.items);
    after = page.metadata.continue;
  } while (after);
  return items;
}

/** Foreign data in the shape that we read, or an error that names the first field that isn't. */
export function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown, doing: string): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new UpstreamError('argocd-unexpected', `${doing}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unexpected'}`, {
    provider: 'argocd',
    retryable: false,
    hint: 'check that this version of Argo CD is a supported one',
  });
}

export function nameOf({ cluster, namespace, name }: DeliveryTarget): string {
  return `application ${namespace}/${name} on cluster ${cluster}`;
}

export function applicationsPath(namespace: string): string {
  return `/apis/${kind.group}/${kind.version}/namespaces/${encodeURIComponent(namespace)}/${kind.plural}`;
}

function locate({ namespace, name }: DeliveryTarget): typeof kind & { readonly namespace: string; readonly name: string } {
  return { ...kind, namespace, name };
}

function faultOf(cause: unknown, doing: string): UpstreamError | NotFoundError {
  return cause instanceof UpstreamError || cause instanceof NotFoundError ? cause : kubernetesFault(cause, doing);
}
