import { describe, expect, it } from 'vitest';
import { readManifestFile } from '../desired-state/manifest-file.ts';
import { deliveryHints, hintFor, type DeliveryHint } from './delivery-hint.ts';

function hints(text: string): readonly DeliveryHint[] {
  const read = readManifestFile(text, 'x.yaml');
  return read.kind === 'read' ? read.documents.flatMap(({ leaves }) => deliveryHints(leaves)) : [];
}

describe('deliveryHints', () => {
  it('reads the folder of an Application, of each of its sources too', () => {
    const one =
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: shop, namespace: argo }\nspec: { source: { path: ./env/dev/ } }\n';
    const several = one.replace('source: { path: ./env/dev/ }', 'sources: [{ chart: redis }, { path: env/prod }]');

    expect(hintFor('env/dev', hints(one))).toMatchObject({ controller: 'argocd', namespace: 'argo', name: 'shop' });
    expect(hints(several).map(({ folder }) => folder)).toEqual(['env/prod']);
  });

  it('reads the folder of a Kustomization of Flux', () => {
    const text = 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: apps }\nspec: { path: ./apps/prod }\n';

    expect(hintFor('apps/prod', hints(text))).toMatchObject({ controller: 'flux', namespace: 'flux-system', name: 'apps' });
  });

  it.each([
    'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nmetadata: { name: a }\nspec: { path: a }\n',
    "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: '{{ .name }}' }\nspec: { source: { path: a } }\n",
    'kind: Application\n',
  ])('reads nothing from %j', (text) => {
    expect(hints(text)).toEqual([]);
  });
});
