import { type FileSnapshot } from '@fairlead/renderer';

import { listAt, objectAt, textAt, textsAt, type Json, type JsonObject } from '../../json/json.ts';
import { withEditedKustomization } from '../../source/edited-kustomization.ts';

/** The files as Argo CD changes them before it builds: `spec.source.kustomize` edits the kustomization in place. */
export function withKustomizeOptions(files: FileSnapshot, path: string, options: JsonObject): FileSnapshot {
  if (Object.keys(options).length === 0) return files;
  return withEditedKustomization(files, {
    path,
    key: JSON.stringify(options),
    edit: (kustomization) => editKustomization(kustomization, options),
  });
}

/** The edits in the order in which Argo CD makes them. */
export function editKustomization(kustomization: JsonObject, options: JsonObject): JsonObject {
  const edited: Record<string, Json> = { ...kustomization };
  for (const field of ['namePrefix', 'nameSuffix', 'namespace']) {
    const value = textAt(options, field);
    if (value !== undefined && value !== '') edited[field] = value;
  }
  for (const field of ['commonLabels', 'commonAnnotations']) {
    if (field in options) edited[field] = { ...objectAt(kustomization, field), ...objectAt(options, field) };
  }
  if ('images' in options) edited['images'] = mergeByName(listAt(kustomization, 'images'), textsAt(options, 'images').map(parseImage));
  if ('replicas' in options) edited['replicas'] = mergeByName(listAt(kustomization, 'replicas'), listAt(options, 'replicas'));
  for (const field of ['patches', 'components']) {
    if (field in options) edited[field] = [...listAt(kustomization, field), ...listAt(options, field)];
  }
  return edited;
}

/** `name:tag`, `name@digest`, or `name=other:tag`, as `kustomize edit set image` reads it. */
function parseImage(image: string): JsonObject {
  const [before = '', after] = image.split('=', 2);
  const [reference = '', digest] = (after ?? before).split('@', 2);
  const colon = reference.indexOf(':', reference.lastIndexOf('/') + 1);
  const repository = colon === -1 ? reference : reference.slice(0, colon);
  return {
    name: after === undefined ? repository : before,
    ...(after === undefined ? {} : { newName: repository }),
    ...(colon === -1 ? {} : { newTag: reference.slice(colon + 1) }),
    ...(digest === undefined ? {} : { digest }),
  };
}

function mergeByName(present: readonly Json[], set: readonly Json[]): readonly Json[] {
  const names = new Set(set.map((entry) => textAt(entry, 'name')));
  return [...present.filter((entry) => !names.has(textAt(entry, 'name'))), ...set];
}
