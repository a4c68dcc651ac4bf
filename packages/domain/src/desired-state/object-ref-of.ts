import type { Json, JsonObject } from '../document/json.ts';
import { isList } from '../document/is-list.ts';
import type { ObjectRef } from './object-ref.ts';

/** Which object a rendered document is. What it doesn't say is `''`, and no namespace is none. */
export function objectRefOf(object: JsonObject): ObjectRef {
  const [version = '', group = ''] = text(object['apiVersion']).split('/').reverse();
  const metadata = object['metadata'];
  const named = isMap(metadata) ? metadata : {};
  const namespace = text(named['namespace']);
  return { group, version, kind: text(object['kind']), ...(namespace === '' ? {} : { namespace }), name: text(named['name']) };
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function isMap(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}
