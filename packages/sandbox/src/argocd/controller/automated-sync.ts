import { revisionFields, revisionsIn } from '../application/app-sources.ts';
import { isAutomated, isRunning, operationOf, operationStateOf, sourcesOf, specOf } from '../application/application.ts';
import { at, objectAt, textAt, type JsonObject } from '../../json/json.ts';
import { nameOf, type KubeObject } from '../../kube/kube-object.ts';
import { type ControllerContext } from './controller-context.ts';

/** Asks for a sync when the application wants that by itself and is out of sync. True: it did. */
export async function syncAutomatically(context: ControllerContext, application: KubeObject): Promise<boolean> {
  const isBusy = isRunning(application) || operationOf(application) !== undefined;
  if (isBusy || !isAutomated(application) || textAt(application, 'status', 'sync', 'status') !== 'OutOfSync') return false;
  const operation = automatedOperation(application);
  if (operation === undefined) return false;
  const revision = revisionsIn(objectAt(operation, 'sync'), sourcesOf(application)).join(', ');
  context.record(application, { type: 'Normal', reason: 'OperationStarted', message: `Initiated automated sync to '${revision}'` });
  return (await context.applications.patch(nameOf(application), [{ op: 'add', path: '/operation', value: operation }])) === 'patched';
}

/** Each revision is tried once, and again only to heal. */
function automatedOperation(application: KubeObject): JsonObject | undefined {
  const sources = sourcesOf(application);
  const revisions = revisionsIn(objectAt(application, 'status', 'sync'), sources);
  const last = revisionsIn(objectAt(operationStateOf(application), 'operation', 'sync'), sources);
  const attempted = last.length > 0 && last.join(' ') === revisions.join(' ');
  const automated = objectAt(specOf(application), 'syncPolicy', 'automated');
  if (attempted && automated['selfHeal'] !== true) return undefined;
  const options = at(application, 'spec', 'syncPolicy', 'syncOptions');
  return {
    initiatedBy: { automated: true },
    retry: objectAt({ retry: at(application, 'spec', 'syncPolicy', 'retry') ?? { limit: 5 } }, 'retry'),
    sync: {
      ...revisionFields(sources, revisions),
      ...(sources.several ? { sources: sources.sources } : {}),
      prune: automated['prune'] === true,
      ...(options === undefined ? {} : { syncOptions: options }),
    },
  };
}
