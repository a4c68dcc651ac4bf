import { applicationVersion } from '../application/application.ts';
import { type Cluster } from '../cluster/cluster.ts';
import { type Json } from '../../json/json.ts';
import { KubeApiError } from '../../kube/kube-client.ts';

/** The namespace and the project `default`, which permits everything, as an installation of Argo CD brings them. */
export async function ensureDefaultProject({ client }: Cluster, namespace: string): Promise<void> {
  const create = async (path: string, body: Json): Promise<void> => {
    try {
      await client.send({ verb: 'POST', path, query: { fieldManager: 'kubectl-client-side-apply' }, body });
    } catch (error) {
      if (!(error instanceof KubeApiError) || error.status !== 409) throw error;
    }
  };
  await create('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  await create(`/apis/${applicationVersion}/namespaces/${namespace}/appprojects`, {
    apiVersion: applicationVersion,
    kind: 'AppProject',
    metadata: { name: 'default', namespace },
    spec: {
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
      destinations: [{ namespace: '*', server: '*' }],
      sourceRepos: ['*'],
    },
  });
}
