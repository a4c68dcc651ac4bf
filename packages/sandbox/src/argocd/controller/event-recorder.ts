import { timestamp } from '../../kube/timestamp.ts';
import { objectAt, textAt } from '../../json/json.ts';
import { type KubeClient } from '../../kube/kube-client.ts';
import { nameOf, namespaceOf, type KubeObject } from '../../kube/kube-object.ts';
import { type AppEvent } from './controller-context.ts';

/** Writes Kubernetes events beside the application. A lost one is no failure: they are for people to read. */
export function eventRecorder(client: KubeClient, now: () => Date): (application: KubeObject, event: AppEvent) => void {
  let count = 0;
  return (application, { type, reason, message }) => {
    count += 1;
    const at = timestamp(now());
    const { uid, resourceVersion } = { uid: '', resourceVersion: '', ...application.metadata };
    const destination = objectAt(application, 'spec', 'destination');
    const namespace = namespaceOf(application);
    const body = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: {
        name: `${nameOf(application)}.${now().getTime().toString(16)}${count.toString(16).padStart(5, '0')}`,
        namespace,
        annotations: { 'dest-namespace': textAt(destination, 'namespace') ?? '', 'dest-server': textAt(destination, 'server') ?? '' },
      },
      involvedObject: {
        apiVersion: application.apiVersion,
        kind: application.kind,
        name: nameOf(application),
        namespace,
        resourceVersion,
        uid,
      },
      source: { component: 'argocd-application-controller' },
      type,
      reason,
      message,
      count: 1,
      firstTimestamp: at,
      lastTimestamp: at,
    };
    client.send({ verb: 'POST', path: `/api/v1/namespaces/${namespace}/events`, body }).catch(() => undefined);
  };
}
