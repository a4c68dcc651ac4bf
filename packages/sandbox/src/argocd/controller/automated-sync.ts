import { isAutomated, isRunning, operationOf, operationStateOf, specOf } from '../application/application.ts';
import { at, objectAt, textAt, type JsonObject } from '../../json/json.ts';
import { nameOf, type KubeObject } from '../../kube/kube-object.ts';
import { type ControllerContext } from './controller-context.ts';

/** Asks for a sync when the application wants that by itself and is out of sync. True: it did. */
export async function syncAutomatically(context: ControllerContext, application: KubeObject): Promise<boolean> {
  const isBusy = isRunning(application) || operationOf(application) !== undefined;
  if (isBusy || !isAutomated(application) || textAt(application, 'status', 'sync', 'status') !== 'OutOfSync') return false;
  const operation = automatedOperation(application);
  if (operation === undefined) return false;
  const revision = textAt(operation, 'sync', 'revision') ?? '';
  context.record(application, { type: 'Normal', reason: 'OperationStarted', message: `Initiated automated sync to '${revision}'` });
  return (await context.applications.patch(nameOf(application), [{ op: 'add', path: '/operation', value: operation }])) === 'patched';
}

/** Each revision is tried once, and again only to heal. */
function automatedOperation(application: KubeObject): JsonObject | undefined {
  const revision = textAt(application, 'status', 'sync', 'revision') ?? '';
  const attempted = textAt(operationStateOf(application), 'operation', 'sync', 'revision') === revision;
  const automated = objectAt(specOf(application), 'syncPolicy', 'automated');
  if (attempted && automated['selfHeal'] !== true) return undefined;
  const options = at(application, 'spec', 'syncPolicy', 'syncOptions');
  return {
    initiatedBy: { automated: true },
    retry: objectAt({ retry: at(application, 'spec', 'syncPolicy', 'retry') ?? { limit: 5 } }, 'retry'),
    sync: { revision, prune: automated['prune'] === true, ...(options === undefined ? {} : { syncOptions: options }) },
  };
}
