import { expect, it } from 'vitest';
import type { DiscoveredTarget } from '@fairlead/domain';
import { deliveringTargets } from './delivering-targets.ts';

const found = (name: string): DiscoveredTarget => ({
  target: { controller: 'argocd', cluster: 'kubeconfig', namespace: 'argocd', name },
  source: { repository: 'https://git.example.com/shop.git', path: 'prod', targetRevision: 'main' },
  destination: { namespace: 'shop' },
  automatedSync: false,
});
const declared = (name: string) => ({ controller: 'argocd', cluster: 'home', namespace: 'argocd', name }) as const;

const said = (...given: Parameters<typeof deliveringTargets>) =>
  deliveringTargets(...given).map((target) => [target.name, target.declared, target.source === undefined ? 'absent' : 'there']);

it('tells what is declared and there, only there, and only declared', () => {
  expect(said([found('shop'), found('other')], [declared('shop'), declared('gone')])).toEqual([
    ['shop', 'yes', 'there'],
    ['other', 'no', 'there'],
    ['gone', 'yes', 'absent'],
  ]);
});

it('says of nothing that it is not declared where nothing is', () => {
  expect(said([found('shop')], undefined)).toEqual([['shop', 'unknown', 'there']]);
});
