import { createHash } from 'node:crypto';

import { type FileSnapshot } from '@fairlead/renderer';
import { parse, stringify } from 'yaml';

import { at, isJson, objectAt, textAt, type JsonObject } from '../../json/json.ts';
import { groupOf, isKubeObject, nameOf, versionOf, withMetadata, type KubeObject } from '../../kube/kube-object.ts';
import { hasFlag } from '../apply/metadata-flag.ts';
import { type FluxContext } from '../controller/flux-context.ts';
import { kustomizeGroup } from './flux-kustomization.ts';
import { withGeneratedKustomization } from './generate-kustomization.ts';
import { requireVariableNames, substitute, SubstitutionError } from './substitute.ts';
import { loadVariables } from './variables.ts';

export interface Built {
  readonly objects: readonly KubeObject[];
  /** Of what was built, substituted and all, before anything of the owner is added. */
  readonly digest: string;
}

/** Builds what a Kustomization declares at one revision. Throws what its status shall say. */
export async function buildKustomization(
  { client, render }: FluxContext,
  kustomization: KubeObject,
  { files, path }: { readonly files: FileSnapshot; readonly path: string },
): Promise<Built> {
  const outcome = await render({ kind: 'kustomize', path, files: await withGeneratedKustomization(files, path, kustomization) });
  if (outcome.kind === 'failed') throw new Error(`kustomize build failed: ${outcome.message.replace(/^Error: /, '')}`);
  const rendered = outcome.objects.flatMap((object) => (isJson(object) && isKubeObject(object) ? [object] : []));
  const objects = await substituted(client, kustomization, rendered);
  const digest = `sha256:${createHash('sha256').update(JSON.stringify(objects)).digest('hex')}`;
  return { objects: objects.map((object) => withCommonMetadata(object, objectAt(kustomization, 'spec', 'commonMetadata'))), digest };
}

async function substituted(
  client: FluxContext['client'],
  kustomization: KubeObject,
  objects: readonly KubeObject[],
): Promise<readonly KubeObject[]> {
  if (at(kustomization, 'spec', 'postBuild') === undefined) return objects;
  const isAlways = textAt(kustomization, 'spec', 'postBuild', 'substituteStrategy') === 'Always';
  const variables = await loadVariables(client, kustomization);
  if (variables.size === 0 && !isAlways) return objects;
  return objects.map((object) => {
    if (hasFlag(object, `${kustomizeGroup}/substitute`, ['disabled'])) return object;
    return substituteIn(object, variables);
  });
}

function substituteIn(object: KubeObject, variables: ReadonlyMap<string, string>): KubeObject {
  const { apiVersion, kind } = object;
  try {
    requireVariableNames(variables);
    const parsed: unknown = parse(substitute(stringify(object, { lineWidth: 0 }), variables));
    if (!isJson(parsed) || !isKubeObject(parsed)) throw new SubstitutionError('what is left is no object');
    return parsed;
  } catch (error) {
    const type = `${groupOf(apiVersion) === '' ? '' : groupOf(apiVersion)}/${versionOf(apiVersion)}, Kind=${kind}`;
    const detail = error instanceof SubstitutionError ? `envsubst error: ${error.message}` : String(error);
    throw new Error(`post build failed for '${type}/${nameOf(object)}': ${detail}`, { cause: error });
  }
}

function withCommonMetadata(object: KubeObject, common: JsonObject): KubeObject {
  return ['labels', 'annotations'].reduce((written, place) => {
    const added = objectAt(common, place);
    if (Object.keys(added).length === 0) return written;
    return withMetadata(written, { ...written.metadata, [place]: { ...objectAt(written.metadata, place), ...added } });
  }, object);
}
