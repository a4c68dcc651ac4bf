import { readFile } from 'node:fs/promises';

import { parseJson } from '../../json/json.ts';
import { asObject, type KubeObject } from '../../kube/kube-object.ts';

/** An object as the real Flux 2.9 left it. */
export async function readFluxRecording(name: string): Promise<KubeObject> {
  return asObject(parseJson(await readFile(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8')));
}
