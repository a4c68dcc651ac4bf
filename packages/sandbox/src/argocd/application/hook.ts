import { annotationOf, type KubeObject } from '../../kube/kube-object.ts';

const hookTypes = ['PreSync', 'Sync', 'PostSync', 'SyncFail', 'Skip'] as const;

export type HookType = (typeof hookTypes)[number];

const helmHooks: Readonly<Record<string, HookType>> = {
  'pre-install': 'PreSync',
  'pre-upgrade': 'PreSync',
  'post-install': 'PostSync',
  'post-upgrade': 'PostSync',
};

/** When an object runs as a hook instead of being kept in sync; empty for an ordinary object. Helm's hooks count where Argo CD's own are absent. */
export function hookTypesOf(object: KubeObject): readonly HookType[] {
  const own = words(annotationOf(object, 'argocd.argoproj.io/hook'));
  if (own.length > 0) return hookTypes.filter((type) => own.includes(type));
  const helm = words(annotationOf(object, 'helm.sh/hook')).flatMap((word) => helmHooks[word] ?? []);
  return hookTypes.filter((type) => helm.includes(type));
}

export type HookDeletePolicy = 'BeforeHookCreation' | 'HookSucceeded' | 'HookFailed';

export function hookDeletePolicies(object: KubeObject): readonly HookDeletePolicy[] {
  const given = words(annotationOf(object, 'argocd.argoproj.io/hook-delete-policy'));
  const policies = (['BeforeHookCreation', 'HookSucceeded', 'HookFailed'] as const).filter((policy) => given.includes(policy));
  return policies.length === 0 ? ['BeforeHookCreation'] : policies;
}

function words(text = ''): readonly string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
