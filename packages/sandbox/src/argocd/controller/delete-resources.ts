import { projectNameOf, trackingName } from '../application/application.ts';
import { checkSpec } from '../application/check-spec.ts';
import { textsAt } from '../../json/json.ts';
import { nameOf, type KubeObject } from '../../kube/kube-object.ts';
import { applier } from '../sync/applier.ts';
import { type ControllerContext } from './controller-context.ts';

const finalizer = 'resources-finalizer.argocd.argoproj.io';
const recheckMs = 200;

/** Deletes what a deleted application tracks, then lets it go. Returns how long to wait for what is still there. */
export async function deleteResources(context: ControllerContext, application: KubeObject): Promise<number | undefined> {
  const finalizers = textsAt(application.metadata, 'finalizers');
  if (!finalizers.some((name) => name.startsWith(finalizer))) return undefined;
  const verdict = checkSpec(application, { project: context.project(projectNameOf(application)), clusters: context.clusters });
  if (verdict.kind === 'valid') {
    const tracked = verdict.cluster.live.trackedBy(trackingName(application, context.namespace));
    const apply = applier(verdict.cluster, { syncOptions: [], dryRun: false });
    await Promise.all(tracked.map((object) => apply.remove(object)));
    if (tracked.length > 0) return recheckMs;
  }
  const value = finalizers.filter((name) => !name.startsWith(finalizer));
  await context.applications.patch(nameOf(application), [{ op: 'add', path: '/metadata/finalizers', value }]);
  return undefined;
}
