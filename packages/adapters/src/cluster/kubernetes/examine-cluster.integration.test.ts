import { KubeConfig } from '@kubernetes/client-node';
import type { ClusterRight } from '@fairlead/domain';
import { startKubernetes, type KubernetesOptions } from '@fairlead/sandbox';
import { afterEach, describe, expect, it } from 'vitest';
import { kubernetesWire } from '../../http/kubernetes/kubernetes-wire.ts';
import { answer, playApi } from '../../http/testing/played-api.ts';
import { examineCluster, type ClusterExamination } from './examine-cluster.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const see = ['get', 'list', 'watch'];
const needed: readonly ClusterRight[] = [
  { group: 'apiextensions.k8s.io', resource: 'customresourcedefinitions', verbs: see },
  { group: '', resource: 'pods', verbs: see, namespace: 'pc' },
  { group: 'argoproj.io', resource: 'applications', verbs: ['patch'], namespace: 'argocd', names: ['web'] },
];
const definitions = { verbs: see, groups: ['apiextensions.k8s.io'], resources: ['customresourcedefinitions'] };
const pods = { verbs: see, groups: [''], resources: ['pods'], namespaces: ['pc'] };

type Rules = NonNullable<KubernetesOptions['tokens']>[number]['rules'];

async function examined(rules: Rules, rights = needed): Promise<ClusterExamination> {
  const kubernetes = await startKubernetes({ tokens: [{ token: 'ours', user: 'fairlead', rules }] });
  closing.push(() => kubernetes[Symbol.asyncDispose]());
  const config = new KubeConfig();
  config.loadFromString(kubernetes.kubeconfig('ours'));
  return examineCluster(kubernetesWire(config, { timeoutMs: 10_000 }), rights, () => new Date());
}

describe('a cluster', () => {
  it('says its version, its clock and its gaps', async () => {
    const { version, skewMs, gaps } = await examined([definitions, pods]);

    expect(version).toMatch(/^v1\.\d+\./);
    expect(Math.abs(skewMs)).toBeLessThanOrEqual(1000);
    expect(gaps).toEqual([]);
  });

  it.each([
    ['ahead', 'Mon, 23 Nov 2026 16:30:00 GMT', 3_600_000],
    ['behind', 'Mon, 23 Nov 2026 15:29:00 GMT', -60_000],
  ])('whose clock is %s says so', async (_what, date, skewMs) => {
    const api = await playApi(({ path }, response) => {
      response.setHeader('date', date);
      if (path === '/version') answer(response, { gitVersion: 'v1.36.1' });
      else answer(response, path === '/api' ? { versions: [] } : { groups: [], status: { allowed: true } });
    });
    closing.push(() => {
      api.close();
    });

    const wire = kubernetesWire(api.kubeConfig, { timeoutMs: 10_000 });
    const found = await examineCluster(wire, [], () => new Date('2026-11-23T15:30:00Z'));

    expect(found.skewMs).toBe(skewMs);
  });
});

describe('our rights', () => {
  it('are just enough', async () => {
    const { missing, excess } = await examined([definitions, pods], needed.slice(0, 2));

    expect([missing, excess]).toEqual([[], []]);
  });

  it('that are missing are named, verb by verb', async () => {
    const { missing } = await examined([{ ...pods, verbs: ['get', 'list'] }]);

    expect(missing.map(({ verb, resource, namespace, name }) => [verb, resource, namespace, name])).toEqual([
      ['get', 'customresourcedefinitions', undefined, undefined],
      ['list', 'customresourcedefinitions', undefined, undefined],
      ['watch', 'customresourcedefinitions', undefined, undefined],
      ['watch', 'pods', 'pc', undefined],
      ['patch', 'applications', 'argocd', 'web'],
    ]);
  });

  it('are too many where Secrets can be read', async () => {
    const here = await examined([definitions, { ...pods, resources: ['pods', 'secrets'] }]);
    const everywhere = await examined([{ verbs: ['*'], groups: ['*'], resources: ['*'] }]);

    expect(here.excess).toEqual([
      { group: '', resource: 'secrets', verb: 'get', namespace: 'pc' },
      { group: '', resource: 'secrets', verb: 'list', namespace: 'pc' },
    ]);
    expect(everywhere.excess.slice(0, 2)).toEqual([
      { group: '', resource: 'secrets', verb: 'get' },
      { group: '', resource: 'secrets', verb: 'list' },
    ]);
  });

  it('are too many where more can be written than is needed', async () => {
    const { excess, missing } = await examined([
      definitions,
      { ...pods, verbs: [...see, 'delete'] },
      { verbs: ['patch'], groups: ['argoproj.io'], resources: ['applications'], namespaces: ['argocd'] },
    ]);

    expect(missing).toEqual([]);
    expect(excess).toEqual([
      { group: '', resource: 'pods', verb: 'delete', namespace: 'pc' },
      { group: 'argoproj.io', resource: 'applications', verb: 'patch', namespace: 'argocd' },
    ]);
  });

  it('are asked for one by one where the server tells no rules', async () => {
    const api = await playApi(({ path }, response) => {
      if (path.endsWith('/selfsubjectrulesreviews')) answer(response, {}, 404);
      else if (path.endsWith('/selfsubjectaccessreviews')) answer(response, { status: { allowed: true } }, 201);
      else answer(response, path === '/version' ? { gitVersion: 'v1.36.1' } : { versions: [], groups: [] });
    });
    closing.push(() => {
      api.close();
    });

    const { missing } = await examineCluster(kubernetesWire(api.kubeConfig, { timeoutMs: 10_000 }), needed, () => new Date());

    expect(missing).toEqual([]);
    expect(api.asked.filter(({ path }) => path.endsWith('/selfsubjectaccessreviews')).length).toBeGreaterThanOrEqual(7);
  });
});
