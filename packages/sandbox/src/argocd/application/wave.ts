import { annotationOf, type KubeObject } from '../../kube/kube-object.ts';

/** Its place within a phase; Helm's hook weight where Argo CD's own is absent. */
export function waveOf(object: KubeObject): number {
  const wave = Number(annotationOf(object, 'argocd.argoproj.io/sync-wave') ?? annotationOf(object, 'helm.sh/hook-weight') ?? 0);
  return Number.isInteger(wave) ? wave : 0;
}
