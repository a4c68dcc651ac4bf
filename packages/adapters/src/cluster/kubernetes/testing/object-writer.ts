import { HttpMethod, RequestContext, type KubeConfig } from '@kubernetes/client-node';
import { InvariantError, objectRefOf, type JsonObject, type ObjectRef } from '@fairlead/domain';
import type { ServedKind } from '@fairlead/engine';
import { fetch } from 'undici';
import { kubernetesWire } from '../../../http/kubernetes/kubernetes-wire.ts';
import { collectionOf } from '../collection-of.ts';
import { discoverKinds } from '../discover-kinds.ts';

/** Somebody who changes a cluster by hand. */
export interface ObjectWriter {
  /** Makes it, or makes it as given, as field manager `somebody`; resolves when it is stored and, of a definition, when its kind is served. */
  apply(object: JsonObject): Promise<void>;
  /** Resolves when it is gone. */
  remove(ref: ObjectRef): Promise<void>;
}

export function objectWriter(kubeConfig: KubeConfig): ObjectWriter {
  const wire = kubernetesWire(kubeConfig, { timeoutMs: 30_000 });
  const served = async (wanted: (kind: ServedKind) => boolean): Promise<ServedKind> => {
    for (;;) {
      const found = (await discoverKinds(wire, '')).kinds.find(wanted);
      if (found !== undefined) return found;
    }
  };
  const pathOf = async ({ group, kind, namespace, name }: ObjectRef): Promise<string> => {
    const found = await served((one) => one.group === group && one.kind === kind);
    return `${collectionOf({ kind: found, ...(namespace === undefined ? {} : { namespace }) }).path}/${name}`;
  };
  const call = async (method: 'GET' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<number> => {
    const url = `${kubeConfig.getCurrentCluster()?.server ?? ''}${path}`;
    const context = new RequestContext(url, HttpMethod[method]);
    await kubeConfig.applySecurityAuthentication(context);
    const dispatcher = context.getDispatcher();
    const answer = await fetch(url, {
      method,
      headers: { ...context.getHeaders(), ...(body === undefined ? {} : { 'content-type': 'application/apply-patch+yaml' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(dispatcher === undefined ? {} : { dispatcher }),
    });
    const text = await answer.text();
    if (answer.ok || answer.status === 404) return answer.status;
    throw new InvariantError('cluster-refused', `${method} ${path}: ${String(answer.status)} ${text}`);
  };
  return {
    async apply(object) {
      const ref = objectRefOf(object);
      await call('PATCH', `${await pathOf(ref)}?fieldManager=somebody&force=true`, object);
      if (ref.kind !== 'CustomResourceDefinition') return;
      await served(({ resource, group }) => `${resource}.${group}` === ref.name);
    },
    async remove(ref) {
      const path = await pathOf(ref);
      await call('DELETE', path);
      while ((await call('GET', path)) !== 404);
    },
  };
}
