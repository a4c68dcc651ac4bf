import { readFile } from 'node:fs/promises';

import { parseJson } from '../../json/json.ts';
import { asObject, type KubeObject } from '../../kube/kube-object.ts';

/** An Application as the real Argo CD 3.5.1 left it. */
export async function readRecording(name: string): Promise<KubeObject> {
  return asObject(parseJson(await readFile(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8')));
}
