import { otherImageFields, renderedImages, type ReleaseManifest } from '@fairlead/domain';
import { checkImages } from './check-images.ts';
import { checkImageEntries } from './check-image-entries.ts';
import { checkRemoteBases } from './check-remote-bases.ts';
import type { Checking, RenderedEnvironment } from './checking.ts';
import { checkDesiredState, checkUnrendered } from './desired-state/check-desired-state.ts';
import { checkRenderedSecrets } from './secrets/check-rendered-secrets.ts';
import type { KnownValues } from './secrets/known-values.ts';
import { locateRenderFault } from './locate-render-fault.ts';

export interface KnownBefore {
  readonly releases: ReadonlyMap<string, ReleaseManifest>;
  /** What the files show. */
  readonly secrets: KnownValues;
}

/** Judges what an environment renders to. */
export async function checkEnvironment(checking: Checking, environment: RenderedEnvironment, known: KnownBefore): Promise<void> {
  const { notes } = checking;
  const { name, outcome } = environment;
  await checkImageEntries(checking, environment);
  await checkRemoteBases(checking, environment);
  const release = known.releases.get(name);
  if (outcome.kind === 'failed') {
    notes.leaveOpen(['image-not-pinned', 'image-not-in-release'], 'it does not render', name);
    await checkUnrendered(checking, environment, release);
    if (outcome.code === 'render-failed' && isExplained(checking, environment)) return;
    notes.add({ environment: name, ...(await locateRenderFault(checking, environment, outcome)) });
    return;
  }
  await checkImages(checking, environment, { images: renderedImages(outcome.objects), ...(release === undefined ? {} : { release }) });
  await checkDesiredState(checking, environment, { objects: outcome.objects, ...(release === undefined ? {} : { release }) });
  const elsewhere = otherImageFields(outcome.objects);
  if (elsewhere.length > 0) notes.leaveOpen(['image-not-pinned'], 'images that operators read from their own fields', elsewhere.join(', '));
  await checkRenderedSecrets(checking, environment, { objects: outcome.objects, known: known.secrets });
}

/** A file that can't be parsed is said at its line already. */
function isExplained({ notes }: Checking, { inputs }: RenderedEnvironment): boolean {
  return notes.findings.some(({ rule, file }) => rule === 'document-unparsable' && inputs.includes(file));
}
