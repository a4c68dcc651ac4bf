import { describe, expect, it } from 'vitest';

import { type JsonObject } from '../../json/json.ts';
import { nameOf, type KubeObject } from '../../kube/kube-object.ts';
import { planTasks, type TaskInputs } from './plan-tasks.ts';

function object(kind: string, name: string, annotations: JsonObject = {}): KubeObject {
  return { apiVersion: 'v1', kind, metadata: { name, namespace: 'shop', annotations } };
}

function planned(inputs: Partial<TaskInputs>): readonly string[] {
  const tasks = planTasks({ sync: {}, syncOptions: [], declared: [], tracked: [], missingNamespace: undefined, ...inputs });
  return tasks.map(({ phase, wave, action, object: target }) => `${phase} ${String(wave)} ${action} ${target.kind}/${nameOf(target)}`);
}

const wave = (n: number): JsonObject => ({ 'argocd.argoproj.io/sync-wave': String(n) });
const hook = (type: string): JsonObject => ({ 'argocd.argoproj.io/hook': type });

describe('planTasks', () => {
  it('orders by phase, wave, kind and name', () => {
    const declared = [
      object('Deployment', 'b'),
      object('Deployment', 'a'),
      object('ConfigMap', 'z'),
      object('Secret', 's', wave(-1)),
      object('Job', 'post', hook('PostSync')),
      object('Job', 'pre', hook('PreSync')),
    ];

    expect(planned({ declared })).toEqual([
      'PreSync 0 apply Job/pre',
      'Sync -1 apply Secret/s',
      'Sync 0 apply ConfigMap/z',
      'Sync 0 apply Deployment/a',
      'Sync 0 apply Deployment/b',
      'PostSync 0 apply Job/post',
    ]);
  });

  it('makes a missing namespace before everything else, when asked to', () => {
    const inputs = { declared: [object('Job', 'pre', { ...hook('PreSync'), ...wave(-5) })], missingNamespace: 'shop' };

    expect(planned({ ...inputs, syncOptions: ['CreateNamespace=true'] })[0]).toBe('PreSync -6 create-namespace Namespace/shop');
    expect(planned(inputs)).toEqual(['PreSync -5 apply Job/pre']);
  });

  it('prunes only when it may, in reverse waves, and at the end when told to', () => {
    const inputs = {
      declared: [object('ConfigMap', 'new', wave(3))],
      tracked: [object('ConfigMap', 'old-1', wave(1)), object('ConfigMap', 'old-2', wave(2))],
    };

    expect(planned(inputs)).toEqual([
      'Sync 1 skip-prune ConfigMap/old-2',
      'Sync 2 skip-prune ConfigMap/old-1',
      'Sync 3 apply ConfigMap/new',
    ]);
    expect(planned({ ...inputs, sync: { prune: true } })[0]).toBe('Sync 1 prune ConfigMap/old-2');
    expect(planned({ ...inputs, sync: { prune: true }, syncOptions: ['PruneLast=true'] }).at(-1)).toBe('Sync 4 prune ConfigMap/old-2');
  });

  it('never prunes what asks to stay, nor a hook', () => {
    const tracked = [
      object('ConfigMap', 'stays', { 'argocd.argoproj.io/sync-options': 'Prune=false' }),
      object('Job', 'pre', hook('PreSync')),
    ];

    expect(planned({ tracked, sync: { prune: true } })).toEqual(['Sync 0 skip-prune ConfigMap/stays']);
  });

  it('runs no hooks where only some objects are asked for', () => {
    const declared = [object('ConfigMap', 'a'), object('ConfigMap', 'b'), object('Job', 'pre', hook('PreSync'))];

    expect(planned({ declared, sync: { resources: [{ kind: 'ConfigMap', name: 'b' }] } })).toEqual(['Sync 0 apply ConfigMap/b']);
  });

  it('runs a hook in each of its phases, a Helm hook where Argo CD has a name for it, and skips what says so', () => {
    const declared = [
      object('Job', 'both', hook('PreSync,PostSync')),
      object('Job', 'helm', { 'helm.sh/hook': 'post-install' }),
      object('Job', 'never', hook('Skip')),
    ];

    expect(planned({ declared })).toEqual(['PreSync 0 apply Job/both', 'PostSync 0 apply Job/both', 'PostSync 0 apply Job/helm']);
  });
});
