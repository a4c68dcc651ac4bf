import { nameOf, namespaceOf, type KubeObject } from '../../kube/kube-object.ts';
import { type FluxContext } from '../controller/flux-context.ts';
import { controlKind, type KindController } from '../controller/kind-controller.ts';
import { chartSourceOf, helmReleaseVersion } from './helm-release.ts';
import { reconcileHelmRelease } from './reconcile-helm-release.ts';

export interface HelmController extends KindController {
  /** A source has a new revision. */
  onRevision(source: KubeObject): void;
}

export async function startHelmController(context: FluxContext): Promise<HelmController> {
  const controller = await controlKind(context, {
    apiVersion: helmReleaseVersion,
    kind: 'HelmRelease',
    fieldManager: 'helm-controller',
    reconcile: (draft) => reconcileHelmRelease(context, draft),
  });
  return {
    ...controller,
    onRevision(source) {
      const isOf = (release: KubeObject): boolean => {
        const { kind, namespace, name } = chartSourceOf(release);
        return kind === source.kind && namespace === namespaceOf(source) && name === nameOf(source);
      };
      controller.objects().filter(isOf).forEach(controller.wake);
    },
  };
}
