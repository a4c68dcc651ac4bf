import { ambiguousEntries, imageEntries, jsonPointer, type ComponentImage } from '@fairlead/domain';
import type { Checking, RenderedEnvironment } from './checking.ts';
import { kustomizationChain } from './kustomization-chain.ts';

/** Judges the `images:` of an environment's kustomizations. Components are told apart in its own only: that is where they are pinned. */
export async function checkImageEntries(checking: Checking, environment: RenderedEnvironment): Promise<void> {
  const components = (environment.declared?.service.spec.components ?? []).map(({ name, image }): ComponentImage => ({
    component: name,
    names: [name, image],
  }));
  const chain = await kustomizationChain(checking, environment);
  for (const [depth, file] of chain.entries()) {
    const entries = imageEntries(await checking.texts.leaves(file));
    for (const { leaf, because } of ambiguousEntries(entries, depth === 0 ? components : [])) {
      const place = { file, ...leaf.key, pointer: jsonPointer(leaf.path) };
      checking.notes.add({
        rule: 'image-ambiguous',
        ...place,
        message: `${because}: which one decides cannot be told`,
        fix: 'keep one of the entries',
      });
    }
  }
}
