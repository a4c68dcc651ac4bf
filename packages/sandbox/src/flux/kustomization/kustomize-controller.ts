import { textAt } from '../../json/json.ts';
import { conditionOf } from '../../kube/conditions.ts';
import { type KubeObject } from '../../kube/kube-object.ts';
import { type FluxContext } from '../controller/flux-context.ts';
import { controlKind, type KindController } from '../controller/kind-controller.ts';
import { isSourceOf, kustomizationVersion } from './flux-kustomization.ts';
import { reconcileKustomization } from './reconcile-kustomization.ts';

export interface KustomizeController extends KindController {
  /** A source has a new revision. */
  onRevision(source: KubeObject): void;
}

export async function startKustomizeController(context: FluxContext): Promise<KustomizeController> {
  const controller = await controlKind(context, {
    apiVersion: kustomizationVersion,
    kind: 'Kustomization',
    fieldManager: 'gotk-kustomize-controller',
    reconcile: (draft) => reconcileKustomization(context, draft),
  });
  return {
    ...controller,
    onRevision(source) {
      const revision = textAt(source, 'status', 'artifact', 'revision');
      const concerned = controller.objects().filter((kustomization) => isSourceOf(source, kustomization));
      concerned.filter((kustomization) => !isAtWorkOn(kustomization, revision)).forEach(controller.wake);
    },
  };
}

function isAtWorkOn(kustomization: KubeObject, revision: string | undefined): boolean {
  const isBusy = ['Ready', 'Reconciling'].some((type) => conditionOf(kustomization, type)?.status === 'True');
  return isBusy && textAt(kustomization, 'status', 'lastAttemptedRevision') === revision;
}
