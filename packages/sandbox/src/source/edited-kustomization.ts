import { type FileAnswer, type FileSnapshot } from '@fairlead/renderer';
import { parse, stringify } from 'yaml';

import { isJson, isJsonObject, type JsonObject } from '../json/json.ts';

export const kustomizationFiles = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

export interface KustomizationEdit {
  /** The folder whose kustomization is edited. */
  readonly path: string;
  /** Tells two edits apart: equal keys, equal results. */
  readonly key: string;
  readonly edit: (kustomization: JsonObject) => JsonObject;
  /** Stands in where the folder has no kustomization. */
  readonly generated?: JsonObject;
}

/** The files as a controller changes them before it builds: its own options edit the kustomization in place. */
export function withEditedKustomization(files: FileSnapshot, wanted: KustomizationEdit): FileSnapshot {
  const [standard = '', ...others] = kustomizationFiles.map((name) => (wanted.path === '' ? name : `${wanted.path}/${name}`));
  return {
    async look(path) {
      if (path === standard && wanted.generated !== undefined) return written(wanted.edit(wanted.generated), `generated+${wanted.key}`);
      const answer = await files.look(path);
      return answer.kind === 'file' && (path === standard || others.includes(path)) ? edited(answer, wanted) : answer;
    },
  };
}

function edited(answer: Extract<FileAnswer, { kind: 'file' }>, { edit, key }: KustomizationEdit): FileAnswer {
  const parsed: unknown = parse(Buffer.from(answer.bytes).toString());
  // What isn't a kustomization is for kustomize to refuse.
  if (!isJson(parsed) || !isJsonObject(parsed)) return answer;
  return written(edit(parsed), `${answer.digest}+${key}`);
}

function written(kustomization: JsonObject, digest: string): FileAnswer {
  return { kind: 'file', bytes: Buffer.from(stringify(kustomization)), digest };
}
