import { isKustomization, jsonPointer, renderFault, type FoundFault, type ManifestLeaf, type RenderFailure } from '@fairlead/domain';
import type { Checking, RenderedEnvironment } from './checking.ts';
import { kustomizationOf } from './origins.ts';

/** A render's failure at the line of the kustomization that names what failed. */
export async function locateRenderFault(
  { texts }: Checking,
  environment: RenderedEnvironment,
  failure: RenderFailure,
): Promise<Omit<FoundFault, 'environment'>> {
  const named: { readonly file: string; readonly leaf: ManifestLeaf; readonly at: number }[] = [];
  for (const file of environment.inputs.filter(isKustomization)) {
    for (const leaf of await texts.leaves(file)) {
      const at = typeof leaf.value === 'string' && leaf.value.length > 2 ? lastQuoted(failure.message, leaf.value) : -1;
      if (at >= 0) named.push({ file, leaf, at });
    }
  }
  const [deepest] = named.toSorted((one, other) => other.at - one.at);
  const file = kustomizationOf(environment);
  const place =
    deepest === undefined
      ? { file, line: 1, column: 1, pointer: '' }
      : { file: deepest.file, ...deepest.leaf.at, pointer: jsonPointer(deepest.leaf.path) };
  return { ...renderFault(failure), ...place };
}

/** Upstream's words go from the outside to the inside, so what is named last is nearest to the fault. */
function lastQuoted(message: string, text: string): number {
  const last = message.lastIndexOf(`resources from '${text}'`);
  return last >= 0
    ? last
    : /[/.]/.test(text) && [`'${text}'`, `"${text}"`, `[${text}]`].some((quoted) => message.includes(quoted))
      ? 0
      : -1;
}
