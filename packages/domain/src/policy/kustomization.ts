import type { Leaf } from '../desired-state/manifest-leaf.ts';

/** As kustomize looks for them, one in each folder. */
export const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

export function isKustomization(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return kustomizationNames.some((known) => known === name);
}

/** The folder that a file lies in, '' for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** A path as a file in `folder` means it; `undefined` where it leaves the root, or is no path in this tree at all. */
export function pathFrom(folder: string, path: string): string | undefined {
  if (path.startsWith('/') || /^[a-z][a-z0-9+.-]*:\/\//i.test(path)) return undefined;
  const steps = folder === '' ? [] : folder.split('/');
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps.join('/');
}

const referring = ['resources', 'bases', 'components', 'generators', 'transformers', 'validators'];

/** What a kustomization builds on, in its order: files or folders, from the root. Remote ones are left out. */
export function kustomizationReferences(file: string, leaves: readonly Leaf[]): readonly string[] {
  return leaves.flatMap(({ path, value }) => {
    if (path.length !== 2 || !referring.includes(String(path[0])) || typeof value !== 'string') return [];
    const target = pathFrom(folderOf(file), value);
    return target === undefined ? [] : [target];
  });
}

/** A Component is part of others and nothing alone. */
export function isComponent(leaves: readonly Leaf[]): boolean {
  return leaves.some(({ path, value }) => path.length === 1 && path[0] === 'kind' && value === 'Component');
}
