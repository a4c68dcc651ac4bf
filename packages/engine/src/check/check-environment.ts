import {
  jsonPointer,
  objectRefOf,
  otherImageFields,
  renderedImages,
  secretLiterals,
  type JsonObject,
  type ReleaseManifest,
} from '@fairlead/domain';
import { checkImages } from './check-images.ts';
import { checkImageEntries } from './check-image-entries.ts';
import { inClear, secretFix, secretRef, type ClearValue } from './check-sources.ts';
import type { Checking, RenderedEnvironment } from './checking.ts';
import { jsonLeaves } from './json-leaves.ts';
import { locateRenderFault } from './locate-render-fault.ts';

export interface KnownBefore {
  readonly releases: ReadonlyMap<string, ReleaseManifest>;
  readonly clear: readonly ClearValue[];
}

/** Judges what an environment renders to. */
export async function checkEnvironment(checking: Checking, environment: RenderedEnvironment, known: KnownBefore): Promise<void> {
  const { notes } = checking;
  const { name, outcome } = environment;
  await checkImageEntries(checking, environment);
  if (outcome.kind === 'failed') {
    notes.leaveOpen(['image-not-pinned', 'image-not-in-release'], 'it does not render', name);
    if (outcome.code === 'render-failed' && isExplained(checking, environment)) return;
    notes.add({ environment: name, ...(await locateRenderFault(checking, environment, outcome)) });
    return;
  }
  const release = known.releases.get(name);
  await checkImages(checking, environment, { images: renderedImages(outcome.objects), ...(release === undefined ? {} : { release }) });
  const elsewhere = otherImageFields(outcome.objects);
  if (elsewhere.length > 0) notes.leaveOpen(['image-not-pinned'], 'images that operators read from their own fields', elsewhere.join(', '));
  await checkSecrets(checking, environment, { objects: outcome.objects, clear: known.clear });
}

/** A file that can't be parsed is said at its line already. */
function isExplained({ notes }: Checking, { inputs }: RenderedEnvironment): boolean {
  return notes.findings.some(({ rule, file }) => rule === 'document-unparsable' && inputs.includes(file));
}

/** Secrets that no file shows: a patch, a replacement or a plugin's input made them. */
async function checkSecrets(
  checking: Checking,
  environment: RenderedEnvironment,
  { objects, clear }: { readonly objects: readonly JsonObject[]; readonly clear: readonly ClearValue[] },
): Promise<void> {
  const read = clear.filter(({ file }) => environment.inputs.includes(file));
  const isKnown = (secret: string, key: string): boolean => read.some((value) => value.key === key && secret.includes(value.secret));
  for (const object of objects) {
    const literals = secretLiterals(jsonLeaves(object)).filter(({ name, key }) => !isKnown(name, key));
    if (literals.length === 0) continue;
    const file = (await checking.origins(environment)).fileOf(objectRefOf(object));
    for (const { name, namespace, key, leaf } of literals) {
      const ref = secretRef(name, namespace);
      const place = { file, line: 1, column: 1, pointer: jsonPointer(leaf.path) };
      checking.notes.add({
        rule: 'S01',
        environment: environment.name,
        ...place,
        object: ref,
        message: `${inClear(ref, key)} once rendered`,
        fix: secretFix,
      });
    }
  }
}
