import { effectiveInputs, folderOf, isKustomization, jsonPointer, kustomizationReferences } from '@fairlead/domain';
import type { Checking, RenderedEnvironment } from '../checking.ts';
import { kustomizationOf } from '../origins.ts';

/** Judges whether an environment with pinned inputs reads nothing but its own folder: what it reads elsewhere changes without a promotion of it. */
export async function checkInputs({ texts, files, notes }: Checking, environment: RenderedEnvironment): Promise<void> {
  const { name, path, inputs, declared } = environment;
  if (declared === undefined || effectiveInputs(declared.environment) !== 'pinned') return;
  const isOutside = (file: string): boolean => path !== '' && file !== path && !file.startsWith(`${path}/`);
  const outside = inputs.filter(isOutside);
  if (outside.length === 0) return;
  const place = await referenceOutside(
    { texts },
    inputs.filter((file) => isKustomization(file) && !isOutside(file)),
    isOutside,
  );
  const promoted = (await files.look(`${path}/release-manifest.ref`)).kind === 'file';
  const folders = [...new Set(outside.map(folderOf))].toSorted();
  const shown =
    folders.length > 2 ? `${folders.slice(0, 2).join(', ')} and ${String(folders.length - 2)} more folders` : folders.join(', ');
  notes.add({
    rule: 'inputs-not-pinned',
    ...(promoted ? {} : { severity: 'warning' }),
    environment: name,
    message: `${name} has pinned inputs, but reads ${shown} outside of ${path}: a change there changes it without a promotion`,
    fix: 'promote a release with a kustomize base, which is copied to release/, and build on that; or set spec.inputs: shared',
    ...(place ?? { file: kustomizationOf(environment), line: 1, column: 1, pointer: '' }),
  });
}

interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly pointer: string;
}

async function referenceOutside(
  { texts }: Pick<Checking, 'texts'>,
  kustomizations: readonly string[],
  isOutside: (path: string) => boolean,
): Promise<Place | undefined> {
  for (const file of kustomizations) {
    for (const leaf of await texts.leaves(file)) {
      if (kustomizationReferences(file, [leaf]).some(isOutside)) return { file, ...leaf.at, pointer: jsonPointer(leaf.path) };
    }
  }
  return undefined;
}
