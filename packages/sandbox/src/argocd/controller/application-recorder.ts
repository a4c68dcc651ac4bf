import { objectAt, textAt } from '../../json/json.ts';
import { eventRecorder } from '../../kube/event-recorder.ts';
import { type KubeClient } from '../../kube/kube-client.ts';
import { type ControllerContext } from './controller-context.ts';

/** Events of applications, which also say where the application delivers to. */
export function applicationRecorder(client: KubeClient, now: () => Date): ControllerContext['record'] {
  const record = eventRecorder({ client, component: 'argocd-application-controller', now });
  return (application, event) => {
    const destination = objectAt(application, 'spec', 'destination');
    const annotations = { 'dest-namespace': textAt(destination, 'namespace') ?? '', 'dest-server': textAt(destination, 'server') ?? '' };
    record(application, { ...event, annotations });
  };
}
