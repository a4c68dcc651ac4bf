import { AppsV1Api, CustomObjectsApi, PatchStrategy, setHeaderOptions } from '@kubernetes/client-node';
import { NotFoundError, UpstreamError, type DeliveryTarget, type JsonObject } from '@fairlead/domain';
import type { z } from 'zod';
import { kubernetesWire } from '../../http/kubernetes/kubernetes-wire.ts';
import { listCollection } from '../../http/kubernetes/list-collection.ts';
import { kubernetesApi } from '../../http/kubernetes-api.ts';
import { kubernetesFault, kubernetesStatus } from '../../http/kubernetes-fault.ts';
import type { ArgoCdOptions } from './options.ts';
import { FoundApplication } from './schema.ts';

const kind = { group: 'argoproj.io', version: 'v1alpha1', plural: 'applications' } as const;

/** Applications of the installation's clusters, through the Kubernetes API. */
export interface ArgoCdClient {
  /** As it is now, unparsed. */
  read(target: DeliveryTarget): Promise<unknown>;
  /** A merge patch; `conflict` where its `resourceVersion` is not the current one. */
  patch(target: DeliveryTarget, patch: JsonObject): Promise<'patched' | 'conflict' | 'absent'>;
  readProject(cluster: string, namespace: string, name: string): Promise<unknown>;
  /** What runs the controller, unparsed. */
  controller(cluster: string, namespace: string): Promise<unknown>;
  /** All of a namespace, or of the cluster. */
  find(cluster: string, namespace: string | undefined): Promise<readonly FoundApplication[]>;
}

export const absent = Symbol('absent');

export function argoCdClient({ clusters, requestTimeoutMs = 30_000 }: ArgoCdOptions): ArgoCdClient {
  const api = perCluster((cluster) => kubernetesApi(clusters.kubeConfig(cluster), CustomObjectsApi, requestTimeoutMs));
  const apps = perCluster((cluster) => kubernetesApi(clusters.kubeConfig(cluster), AppsV1Api, requestTimeoutMs));
  const wire = perCluster((cluster) => kubernetesWire(clusters.kubeConfig(cluster), { timeoutMs: requestTimeoutMs }));
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
    async readProject(cluster, namespace, name) {
      try {
        const object: unknown = await api(cluster).getNamespacedCustomObject({ ...kind, plural: 'appprojects', namespace, name });
        return object;
      } catch (cause) {
        if (kubernetesStatus(cause) === 404) return absent;
        throw faultOf(cause, `reading project ${namespace}/${name} on cluster ${cluster}`);
      }
    },
    async controller(cluster, namespace) {
      const doing = `reading statefulset ${namespace}/${controllerName} on cluster ${cluster}`;
      try {
        return await apps(cluster).readNamespacedStatefulSet({ namespace, name: controllerName });
      } catch (cause) {
        if (kubernetesStatus(cause) === 404) return absent;
        throw faultOf(cause, doing);
      }
    },
    async find(cluster, namespace) {
      const doing = `listing the applications of ${namespace ?? 'all namespaces'} on cluster ${cluster}`;
      const found = new Map<string, FoundApplication>();
      try {
        const collection = { path: applicationsPath(namespace) };
        await listCollection(wire(cluster), {
          collection,
          take: ({ uid, object }) => found.set(uid, parsed(FoundApplication, object, doing)),
        });
        return [...found.values()];
      } catch (cause) {
        throw faultOf(cause, doing);
      }
    },
  };
}

const controllerName = 'argocd-application-controller';

function perCluster<Api>(make: (cluster: string) => Api): (cluster: string) => Api {
  const made = new Map<string, Api>();
  return (cluster) => {
    const known = made.get(cluster) ?? make(cluster);
    made.set(cluster, known);
    return known;
  };
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

export function applicationsPath(namespace: string | undefined): string {
  const place = namespace === undefined ? '' : `namespaces/${encodeURIComponent(namespace)}/`;
  return `/apis/${kind.group}/${kind.version}/${place}${kind.plural}`;
}

function locate({ namespace, name }: DeliveryTarget): typeof kind & { readonly namespace: string; readonly name: string } {
  return { ...kind, namespace, name };
}

function faultOf(cause: unknown, doing: string): UpstreamError | NotFoundError {
  return cause instanceof UpstreamError || cause instanceof NotFoundError ? cause : kubernetesFault(cause, doing);
}
