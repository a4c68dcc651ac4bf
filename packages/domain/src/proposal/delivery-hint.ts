import type { Leaf } from '../desired-state/manifest-leaf.ts';
import { sameFolder } from '../document/same-folder.ts';
import type { ProposedTarget } from './proposed-service.ts';

/** An object of a controller that delivers a folder of a repository. */
export interface DeliveryHint extends Omit<ProposedTarget, 'cluster' | 'isGuess'> {
  readonly folder: string;
}

/** What a manifest document says of which folder is delivered by what. */
export function deliveryHints(leaves: readonly Leaf[]): readonly DeliveryHint[] {
  const at = (path: string): string | undefined => {
    const value = leaves.find((leaf) => leaf.path.join('/') === path)?.value;
    return typeof value === 'string' ? value : undefined;
  };
  const [version = '', kind, name] = [at('apiVersion'), at('kind'), at('metadata/name')];
  if (name === undefined || !/^[a-z0-9][a-z0-9.-]*$/.test(name)) return [];
  const placed = (controller: ProposedTarget['controller'], namespace: string, folders: readonly string[]): readonly DeliveryHint[] =>
    folders.map((folder) => ({ controller, namespace: at('metadata/namespace') ?? namespace, name, folder }));
  if (kind === 'Application' && version.startsWith('argoproj.io/')) return placed('argocd', 'argocd', sourcePaths(leaves));
  if (kind === 'Kustomization' && version.startsWith('kustomize.toolkit.fluxcd.io/')) {
    return placed('flux', 'flux-system', [at('spec/path') ?? []].flat());
  }
  return [];
}

function sourcePaths(leaves: readonly Leaf[]): readonly string[] {
  const places = leaves.filter(({ path }) => /^spec\/(source|sources\/\d+)\/path$/.test(path.join('/')));
  return places.flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
}

/** What delivers the folder; the first where several do. */
export function hintFor(folder: string, hints: readonly DeliveryHint[]): DeliveryHint | undefined {
  return hints.find((hint) => sameFolder(hint.folder, folder));
}
