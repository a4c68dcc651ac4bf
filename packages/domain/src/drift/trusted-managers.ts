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

/** Whoever the environment's controller is: they stamp what they apply. */
const deliverers: ReadonlySet<string> = new Set(Object.values(controllerManagers).flat());

export function isDeliverer(manager: string): boolean {
  return deliverers.has(manager);
}

/** What the API server calls writers whose names it has lost: there were too many, or none was kept before the first server-side apply. */
const nameless: ReadonlySet<string> = new Set(['ancient-changes', 'before-first-apply']);

export function isNameless(manager: string): boolean {
  return nameless.has(manager);
}

/** Whose additions are no drift where only a foreign manager's are. A manager names itself, so this list protects nothing by itself. */
export function trustedManagersOf(controller: keyof typeof controllerManagers): readonly string[] {
  return [...controllerManagers[controller], ...coreManagers];
}
