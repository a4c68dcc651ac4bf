import { AppsV1Api, CustomObjectsApi, PatchStrategy, setHeaderOptions, type Configuration } from '@kubernetes/client-node';
import { NotFoundError, UpstreamError, type JsonObject } from '@fairlead/domain';
import type { z } from 'zod';
import { kubernetesApi } from '../../http/kubernetes-api.ts';
import { kubernetesFault, kubernetesStatus } from '../../http/kubernetes-fault.ts';
import type { FluxKind } from './flux-kind.ts';
import type { FluxOptions } from './options.ts';
import { ObjectPage } from './schema.ts';

/** One object of Flux's in a cluster of the installation. */
export interface Place {
  readonly cluster: string;
  readonly of: FluxKind;
  readonly namespace: string;
  readonly name: string;
}

/** Flux's objects, through the Kubernetes API. */
export interface FluxClient {
  /** As it is now, unparsed. `absent` also where the kind isn't served. */
  read(place: Place): Promise<unknown>;
  /** A merge patch. */
  patch(place: Place, patch: JsonObject): Promise<'patched' | 'absent'>;
  /** All of a namespace, or of the cluster. */
  find<Item extends z.ZodType>(where: Searched, item: Item): Promise<readonly z.infer<Item>[]>;
  /** A Deployment of the cluster, unparsed. */
  deployment(cluster: string, namespace: string, name: string): Promise<unknown>;
}

interface Searched {
  readonly cluster: string;
  readonly of: FluxKind;
  readonly namespace: string | undefined;
}

export const absent = Symbol('absent');

export function fluxClient({ clusters, requestTimeoutMs = 30_000 }: FluxOptions): FluxClient {
  const made = new Map<unknown, Map<string, unknown>>();
  const api = <Api>(Api: new (configuration: Configuration) => Api, cluster: string): Api => {
    const known = made.get(Api) ?? new Map<string, unknown>();
    made.set(Api, known);
    const there = known.get(cluster);
    if (there instanceof Api) return there;
    const fresh = kubernetesApi(clusters.kubeConfig(cluster), Api, requestTimeoutMs);
    known.set(cluster, fresh);
    return fresh;
  };
  const custom = (cluster: string): CustomObjectsApi => api(CustomObjectsApi, cluster);
  return {
    read: (place) => orAbsent(`reading ${placeName(place)}`, () => custom(place.cluster).getNamespacedCustomObject(locate(place))),
    async patch(place, body) {
      const options = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);
      const patched = await orAbsent(`patching ${placeName(place)}`, () =>
        custom(place.cluster).patchNamespacedCustomObject({ ...locate(place), body, fieldManager: 'fairlead' }, options),
      );
      return patched === absent ? 'absent' : 'patched';
    },
    async find({ cluster, of, namespace }, item) {
      const doing = `listing the ${of.plural} of ${namespace ?? 'all namespaces'} on cluster ${cluster}`;
      try {
        const found = await everyPage(async (place) =>
          parsed(
            ObjectPage,
            await (namespace === undefined
              ? custom(cluster).listClusterCustomObject({ ...of, ...place })
              : custom(cluster).listNamespacedCustomObject({ ...of, ...place, namespace })),
            doing,
          ),
        );
        return found.map((object) => parsed(item, object, doing));
      } catch (cause) {
        throw faultOf(cause, doing);
      }
    },
    deployment: (cluster, namespace, name) =>
      orAbsent(`reading deployment ${namespace}/${name} on cluster ${cluster}`, () =>
        api(AppsV1Api, cluster).readNamespacedDeployment({ namespace, name }),
      ),
  };
}

const pageSize = 100;

async function everyPage(
  read: (place: { readonly limit: number; readonly _continue?: string }) => Promise<ObjectPage>,
): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  let after: string | null | undefined;
  do {
    const page = await read({ limit: pageSize, ...(after ? { _continue: after } : {}) });
    items.push(...page.items);
    after = page.metadata.continue;
  } while (after);
  return items;
}

async function orAbsent(doing: string, ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask();
  } catch (cause) {
    if (kubernetesStatus(cause) === 404) return absent;
    throw faultOf(cause, doing);
  }
}

/** Foreign data in the shape that we read, or an error that names the first field that isn't. */
export function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown, doing: string): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new UpstreamError('flux-unexpected', `${doing}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unexpected'}`, {
    provider: 'flux',
    retryable: false,
    hint: 'check that this version of Flux is a supported one',
  });
}

export function placeName({ cluster, of, namespace, name }: Place): string {
  return `${of.kind} ${namespace}/${name} on cluster ${cluster}`;
}

function locate({ of: { group, version, plural }, namespace, name }: Place): {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly namespace: string;
  readonly name: string;
} {
  return { group, version, plural, namespace, name };
}

function faultOf(cause: unknown, doing: string): UpstreamError | NotFoundError {
  return cause instanceof UpstreamError || cause instanceof NotFoundError ? cause : kubernetesFault(cause, doing);
}
