import { type FileSnapshot, type RenderRequest } from '@fairlead/renderer';
import { parseAllDocuments } from 'yaml';

import { at, isJson, listAt, objectAt, textAt, textsAt, type Json, type JsonObject } from '../../json/json.ts';
import { isKubeObject, type KubeObject } from '../../kube/kube-object.ts';
import { withKustomizeOptions } from './kustomize-options.ts';
import { SourceError } from '../../source/git-mirror.ts';
import { type Render, type RenderOutcome } from '../../source/render.ts';
import { tidyPath } from '../../source/tidy-path.ts';
import { sourceTypeOf, type SourceType } from './source-kind.ts';

export interface TargetManifests {
  readonly sourceType: SourceType;
  readonly objects: readonly KubeObject[];
}

export interface TargetRequest {
  readonly application: string;
  readonly namespace: string;
  readonly source: Json;
  readonly files: FileSnapshot;
  readonly render: Render;
}

/** What a source declares at one commit, before anything of the cluster or of Argo CD is added. Throws `SourceError`. */
export async function loadTarget(request: TargetRequest): Promise<TargetManifests> {
  const path = tidyPath(textAt(request.source, 'path') ?? '');
  const sourceType = await sourceTypeOf(request.files, path);
  switch (sourceType) {
    case undefined:
      throw new SourceError(`${path}: app path does not exist`);
    case 'Kustomize':
      return { sourceType, objects: await rendered(request, kustomizeRequest(request, path)) };
    case 'Helm':
      return { sourceType, objects: await rendered(request, helmRequest(request, path)) };
    case 'Directory':
      return { sourceType, objects: await directoryObjects(request, path) };
  }
}

function kustomizeRequest({ files, source }: TargetRequest, path: string): RenderRequest {
  return { kind: 'kustomize', path, files: withKustomizeOptions(files, path, objectAt(source, 'kustomize')) };
}

function helmRequest({ application, namespace, source, files }: TargetRequest, path: string): RenderRequest {
  const helm = objectAt(source, 'helm');
  return {
    kind: 'helm',
    path,
    files,
    namespace,
    releaseName: textAt(helm, 'releaseName') ?? application,
    valuesFiles: textsAt(helm, 'valueFiles').map((file) => tidyPath(file.startsWith('/') ? file : `${path}/${file}`)),
    values: objectAt(helm, 'valuesObject'),
    includeCrds: at(helm, 'skipCrds') !== true,
  };
}

async function rendered({ render }: TargetRequest, request: RenderRequest): Promise<readonly KubeObject[]> {
  const outcome = await render(request);
  if (outcome.kind === 'failed') throw new SourceError(renderMessage(request, outcome));
  return outcome.objects.flatMap(kubeObjects);
}

function renderMessage(request: RenderRequest, { message }: Extract<RenderOutcome, { kind: 'failed' }>): string {
  const command = request.kind === 'kustomize' ? 'kustomize build' : 'helm template';
  const detail = message.startsWith('Error: ') ? message : `Error: ${message}`;
  return `\`${command} <path to cached source>/${request.path}\` failed exit status 1: ${detail}`;
}

async function directoryObjects({ files, source }: TargetRequest, path: string): Promise<readonly KubeObject[]> {
  const recurse = at(source, 'directory', 'recurse') === true;
  const found: KubeObject[] = [];
  for (const file of await manifestFiles(files, path, recurse)) {
    const answer = await files.look(file);
    if (answer.kind === 'file') found.push(...parseManifests(file, Buffer.from(answer.bytes).toString()));
  }
  return found;
}

async function manifestFiles(files: FileSnapshot, folder: string, recurse: boolean): Promise<readonly string[]> {
  const answer = await files.look(folder);
  if (answer.kind !== 'directory') return [];
  const paths: string[] = [];
  for (const name of answer.entries.toSorted()) {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (/\.(ya?ml|json)$/.test(name)) paths.push(path);
    else if (recurse) paths.push(...(await manifestFiles(files, path, recurse)));
  }
  return paths;
}

/** Every document of a file; objects that aren't Kubernetes' are no manifests and are left out. */
function parseManifests(file: string, content: string): readonly KubeObject[] {
  return parseAllDocuments(content).flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw new SourceError(`Failed to unmarshal "${file.slice(file.lastIndexOf('/') + 1)}": ${error.message}`);
    const value: unknown = document.toJS();
    return kubeObjects(value);
  });
}

/** An object, or those of a `List`. */
function kubeObjects(value: unknown): readonly KubeObject[] {
  if (!isJson(value)) return [];
  const items: JsonObject = objectAt({ list: value }, 'list');
  if (textAt(value, 'kind') === 'List') return listAt(items, 'items').flatMap(kubeObjects);
  return isKubeObject(value) ? [value] : [];
}
