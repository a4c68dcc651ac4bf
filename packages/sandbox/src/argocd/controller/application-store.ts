import { applicationVersion } from '../application/application.ts';
import { type JsonObject } from '../../json/json.ts';
import { KubeApiError, type KubeClient } from '../../kube/kube-client.ts';
import { isKubeObject, nameOf, writeOrder, type KubeObject } from '../../kube/kube-object.ts';

/** The Applications of one namespace: what the watch last said, or our own writes where they are newer. */
export interface ApplicationStore {
  get(name: string): KubeObject | undefined;
  /** False when what is known is as new. */
  put(application: KubeObject): boolean;
  remove(application: KubeObject): void;
  names(): readonly string[];
  /** Applies a JSON patch; `refused` when a test in it failed, or what it changes is gone: read again and decide anew. */
  patch(name: string, operations: readonly JsonObject[]): Promise<'patched' | 'refused'>;
}

export function applicationStore(client: KubeClient, namespace: string): ApplicationStore {
  const known = new Map<string, KubeObject>();
  const put = (application: KubeObject): boolean => {
    const before = known.get(nameOf(application));
    const isNews = before === undefined || writeOrder(before) < writeOrder(application);
    if (isNews) known.set(nameOf(application), application);
    return isNews;
  };
  const path = (name: string): string => `/apis/${applicationVersion}/namespaces/${namespace}/applications/${name}`;
  const reread = async (name: string): Promise<void> => {
    const current = await client.send({ verb: 'GET', path: path(name) }).catch(() => undefined);
    if (isKubeObject(current)) put(current);
  };

  return {
    get: (name) => known.get(name),
    put,
    remove: (application) => known.delete(nameOf(application)),
    names: () => [...known.keys()],
    async patch(name, operations) {
      try {
        const query = { fieldManager: 'argocd-application-controller' };
        const answer = await client.send({
          verb: 'PATCH',
          path: path(name),
          query,
          body: operations,
          contentType: 'application/json-patch+json',
        });
        if (isKubeObject(answer)) put(answer);
        return 'patched';
      } catch (error) {
        if (!(error instanceof KubeApiError)) throw error;
        await reread(name);
        return 'refused';
      }
    },
  };
}
