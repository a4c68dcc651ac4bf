import { type FileSnapshot } from '@fairlead/renderer';

import { listAt, objectAt, textAt, type Json, type JsonObject } from '../../json/json.ts';
import { type KubeObject } from '../../kube/kube-object.ts';
import { kustomizationFiles, withEditedKustomization } from '../../source/edited-kustomization.ts';

/** The files as the controller changes them before it builds: the spec's own options, and a kustomization where the folder has none. */
export async function withGeneratedKustomization(files: FileSnapshot, path: string, kustomization: KubeObject): Promise<FileSnapshot> {
  const spec = objectAt(kustomization, 'spec');
  const generated = await generatedFor(files, path);
  if (generated === undefined && Object.keys(editKustomization({}, spec)).length === 0) return files;
  return withEditedKustomization(files, {
    path,
    key: JSON.stringify(spec),
    edit: (written) => editKustomization(written, spec),
    ...(generated !== undefined && { generated }),
  });
}

/** What `spec` adds to a kustomization. */
export function editKustomization(kustomization: JsonObject, spec: JsonObject): JsonObject {
  const edited: Record<string, Json> = { ...kustomization };
  const names = { namespace: 'targetNamespace', namePrefix: 'namePrefix', nameSuffix: 'nameSuffix' };
  for (const [field, option] of Object.entries(names)) {
    const value = textAt(spec, option);
    if (value !== undefined) edited[field] = value;
  }
  for (const field of ['patches', 'components']) {
    if (listAt(spec, field).length > 0) edited[field] = [...listAt(kustomization, field), ...listAt(spec, field)];
  }
  const images = listAt(spec, 'images');
  if (images.length > 0) edited['images'] = images.reduce(withImage, listAt(kustomization, 'images'));
  return edited;
}

/** A new tag or digest replaces both, a new name stands beside them. */
function withImage(present: readonly Json[], image: Json): readonly Json[] {
  const name = textAt(image, 'name');
  const before = present.find((entry) => textAt(entry, 'name') === name);
  if (before === undefined) return [...present, image];
  const isVersioned = (textAt(image, 'newTag') ?? textAt(image, 'digest')) !== undefined;
  const kept = Object.entries(objectAt({ before }, 'before')).filter(([key]) => !isVersioned || !['newTag', 'digest'].includes(key));
  const merged: JsonObject = { ...Object.fromEntries(kept), ...objectAt({ image }, 'image') };
  return present.map((entry) => (entry === before ? merged : entry));
}

async function generatedFor(files: FileSnapshot, path: string): Promise<JsonObject | undefined> {
  const folder = await files.look(path);
  if (folder.kind !== 'directory' || folder.entries.some((name) => kustomizationFiles.includes(name))) return undefined;
  const resources = await manifestsIn(files, path, '.');
  const header = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' };
  // kustomize refuses an empty one.
  return resources.length === 0 ? { ...header, namespace: '_placeholder' } : { ...header, resources };
}

/** Manifests below a folder; a folder with a kustomization of its own is one resource. */
async function manifestsIn(files: FileSnapshot, folder: string, relative: string): Promise<readonly string[]> {
  const answer = await files.look(folder);
  if (answer.kind !== 'directory') return [];
  const found: string[] = [];
  for (const name of answer.entries.toSorted()) {
    const path = folder === '' ? name : `${folder}/${name}`;
    const inner = await files.look(path);
    if (inner.kind === 'file' && /\.ya?ml$/.test(name)) found.push(`${relative}/${name}`);
    if (inner.kind !== 'directory') continue;
    const hasOwn = inner.entries.some((entry) => kustomizationFiles.includes(entry));
    found.push(...(hasOwn ? [`${relative}/${name}`] : await manifestsIn(files, path, `${relative}/${name}`)));
  }
  return found;
}
