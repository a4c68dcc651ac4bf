import { parse } from 'yaml';

import { at, isJson, isJsonObject, listAt, objectAt, textAt, type Json, type JsonObject } from '../../json/json.ts';
import { type KubeClient } from '../../kube/kube-client.ts';
import { namespaceOf, type KubeObject } from '../../kube/kube-object.ts';
import { readData } from '../object/read-data.ts';

/** The values of a release: those of `valuesFrom` in order, then the ones in place. Throws what the status shall say. */
export async function readValues(client: KubeClient, object: KubeObject): Promise<JsonObject> {
  let values: JsonObject = {};
  for (const reference of listAt(object, 'spec', 'valuesFrom')) {
    values = merged(values, parseValues(await referredText(client, namespaceOf(object), reference)));
  }
  return merged(values, objectAt(object, 'spec', 'values'));
}

function parseValues(text: string): JsonObject {
  const parsed: unknown = parse(text);
  return isJson(parsed) && isJsonObject(parsed) ? parsed : {};
}

async function referredText(client: KubeClient, namespace: string, reference: Json): Promise<string> {
  const kind = textAt(reference, 'kind') === 'Secret' ? 'Secret' : 'ConfigMap';
  const name = textAt(reference, 'name') ?? '';
  const key = textAt(reference, 'valuesKey') ?? 'values.yaml';
  const found = await readData(client, { kind, namespace, name });
  const text = 'absent' in found ? undefined : found.get(key);
  if (text !== undefined) return text;
  if (at(reference, 'optional') === true) return '';
  const reason = 'absent' in found ? found.absent : `missing key '${key}'`;
  throw new Error(`could not resolve ${kind} chart values reference '${namespace}/${name}' with key '${key}': ${reason}`);
}

/** Maps are merged, anything else is replaced. */
function merged(base: JsonObject, over: JsonObject): JsonObject {
  const result: Record<string, Json> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const present = result[key];
    result[key] = isJsonObject(present) && isJsonObject(value) ? merged(present, value) : value;
  }
  return result;
}
