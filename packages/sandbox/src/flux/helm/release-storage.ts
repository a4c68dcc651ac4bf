import { isJson, isJsonList, parseJson, textAt } from '../../json/json.ts';
import { KubeApiError, type KubeClient } from '../../kube/kube-client.ts';
import { isKubeObject, type KubeObject } from '../../kube/kube-object.ts';
import { type ReleaseTarget } from './helm-release.ts';

/** What Helm remembers of releases: one Secret each, with the manifest (here as JSON, not in Helm's own encoding). */
export interface ReleaseStorage {
  save(version: number, status: 'deployed' | 'failed', objects: readonly KubeObject[]): Promise<void>;
  supersede(version: number): Promise<void>;
  load(version: number): Promise<readonly KubeObject[]>;
  remove(version: number): Promise<void>;
}

export function releaseStorage(client: KubeClient, { name, storageNamespace }: ReleaseTarget): ReleaseStorage {
  const folder = `/api/v1/namespaces/${storageNamespace}/secrets`;
  const secretName = (version: number): string => `sh.helm.release.v1.${name}.v${String(version)}`;
  const path = (version: number): string => `${folder}/${secretName(version)}`;
  const query = { fieldManager: 'helm-controller' };
  return {
    async save(version, status, objects) {
      const labels = { name, owner: 'helm', status, version: String(version) };
      const data = { release: Buffer.from(JSON.stringify(objects)).toString('base64') };
      const metadata = { name: secretName(version), namespace: storageNamespace, labels };
      const body = { apiVersion: 'v1', kind: 'Secret', type: 'helm.sh/release.v1', metadata, data };
      await client.send({ verb: 'POST', path: folder, query, body }).catch((error: unknown) => {
        if (!(error instanceof KubeApiError) || error.status !== 409) throw error;
      });
    },
    async supersede(version) {
      const body = { metadata: { labels: { status: 'superseded' } } };
      await client
        .send({ verb: 'PATCH', path: path(version), query, body, contentType: 'application/merge-patch+json' })
        .catch(ignoreAbsent);
    },
    async load(version) {
      const found = await client.send({ verb: 'GET', path: path(version) }).catch(ignoreAbsent);
      const text = textAt(found, 'data', 'release');
      const stored = text === undefined ? [] : parseJson(Buffer.from(text, 'base64').toString());
      return isJson(stored) && isJsonList(stored) ? stored.filter(isKubeObject) : [];
    },
    async remove(version) {
      await client.send({ verb: 'DELETE', path: path(version) }).catch(ignoreAbsent);
    },
  };
}

function ignoreAbsent(error: unknown): undefined {
  if (error instanceof KubeApiError && error.status === 404) return undefined;
  throw error;
}
