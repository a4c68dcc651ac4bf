import { listAt, textAt } from '../../json/json.ts';
import { type KubeClient } from '../../kube/kube-client.ts';
import { requestAnnotation } from '../object/status-draft.ts';
import { sourceVersion } from '../source/source-version.ts';

/** Annotates every Git source as notification-controller does for a Receiver. */
export async function requestSources(client: KubeClient, now: () => Date): Promise<void> {
  const root = `/apis/${sourceVersion}`;
  const body = { metadata: { annotations: { [requestAnnotation]: now().toISOString() } } };
  const listed = await client.send({ verb: 'GET', path: `${root}/gitrepositories` });
  await Promise.all(
    listAt(listed, 'items').map((source) => {
      const path = `${root}/namespaces/${textAt(source, 'metadata', 'namespace') ?? ''}/gitrepositories/${textAt(source, 'metadata', 'name') ?? ''}`;
      const query = { fieldManager: 'notification-controller' };
      return client.send({ verb: 'PATCH', path, query, body, contentType: 'application/merge-patch+json' });
    }),
  );
}
