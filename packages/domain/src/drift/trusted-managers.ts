/** Field managers of the control plane: what they add is how Kubernetes works. `k3s` and `kubelite` run all of it under one name. */
const coreManagers = [
  'kube-controller-manager',
  'kube-scheduler',
  'kube-apiserver',
  'kubelet',
  'clusterrole-aggregation-controller',
  'cloud-controller-manager',
  'k3s',
  'kubelite',
];

const controllerManagers = {
  argocd: ['argocd-controller', 'argocd-application-controller'],
  flux: ['kustomize-controller', 'helm-controller', 'source-controller', 'gotk-kustomize-controller', 'gotk-helm-controller'],
  none: [],
} as const satisfies Record<string, readonly string[]>;

/** Whose additions are no drift where only a foreign manager's are. A manager names itself, so this list protects nothing by itself. */
export function trustedManagersOf(controller: keyof typeof controllerManagers): readonly string[] {
  return [...controllerManagers[controller], ...coreManagers];
}
