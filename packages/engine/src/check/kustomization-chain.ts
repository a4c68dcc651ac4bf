import { folderOf, isKustomization, kustomizationReferences } from '@fairlead/domain';
import type { Checking, RenderedEnvironment } from './checking.ts';
import { kustomizationOf } from './origins.ts';

/** The kustomizations of an environment, the outermost first: what an outer one says of an image is said last. */
export async function kustomizationChain({ texts }: Checking, environment: RenderedEnvironment): Promise<readonly string[]> {
  const byFolder = new Map(environment.inputs.filter(isKustomization).map((file) => [folderOf(file), file]));
  const chain = [kustomizationOf(environment)];
  for (const file of chain) {
    for (const reference of kustomizationReferences(file, await texts.leaves(file))) {
      const next = byFolder.get(reference);
      if (next !== undefined && !chain.includes(next)) chain.push(next);
    }
  }
  return chain;
}
