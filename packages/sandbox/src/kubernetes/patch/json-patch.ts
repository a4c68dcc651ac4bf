import { isList, isObject, sameJson, type Json, type JsonObject } from '../json/json.ts';
import { textAt, without } from '../json/json-path.ts';

/** An operation that can't be read, or doesn't fit the document. */
export class JsonPatchError extends Error {}

/** RFC 6902. */
export function jsonPatch(document: Json, operations: readonly Json[]): Json {
  let result = document;
  for (const operation of operations) {
    if (!isObject(operation)) throw new JsonPatchError('an operation of a JSON patch is an object');
    result = applyOperation(result, operation);
  }
  return result;
}

function applyOperation(document: Json, operation: JsonObject): Json {
  const path = pointer(operation, 'path');
  const value = operation['value'] ?? null;
  switch (textAt(operation, 'op') ?? '') {
    case 'add':
      return edit(document, path, { kind: 'add', value });
    case 'remove':
      return edit(document, path, { kind: 'remove' });
    case 'replace':
      return edit(document, path, { kind: 'replace', value });
    case 'copy':
      return edit(document, path, { kind: 'add', value: read(document, pointer(operation, 'from')) });
    case 'move': {
      const from = pointer(operation, 'from');
      return edit(edit(document, from, { kind: 'remove' }), path, { kind: 'add', value: read(document, from) });
    }
    case 'test':
      if (sameJson(read(document, path), value)) return document;
      throw new JsonPatchError(`testing path ${textAt(operation, 'path') ?? ''} failed`);
    default:
      throw new JsonPatchError(`unexpected kind: ${textAt(operation, 'op') ?? ''}`);
  }
}

function pointer(operation: JsonObject, member: 'path' | 'from'): readonly string[] {
  const text = textAt(operation, member);
  if (text === undefined || (text !== '' && !text.startsWith('/'))) throw new JsonPatchError(`${member} is not a JSON pointer`);
  return text
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function read(document: Json, path: readonly string[]): Json {
  let here: Json | undefined = document;
  for (const part of path) here = isList(here) ? here[index(here, part)] : isObject(here) ? here[part] : undefined;
  if (here === undefined) throw new JsonPatchError(`missing path: /${path.join('/')}`);
  return here;
}

type Edit = { readonly kind: 'add' | 'replace'; readonly value: Json } | { readonly kind: 'remove' };

function edit(document: Json, [part, ...rest]: readonly string[], change: Edit): Json {
  if (part === undefined) return change.kind === 'remove' ? null : change.value;
  if (rest.length === 0) return editMember(document, part, change);
  const inner = edit(read(document, [part]), rest, change);
  return editMember(document, part, { kind: 'replace', value: inner });
}

function editMember(document: Json, part: string, change: Edit): Json {
  if (isList(document)) return editItem(document, part, change);
  if (!isObject(document)) throw new JsonPatchError(`missing path: ${part} is not in an object or a list`);
  if (change.kind !== 'add' && !Object.hasOwn(document, part)) throw new JsonPatchError(`missing key: ${part}`);
  return change.kind === 'remove' ? without(document, part) : { ...document, [part]: change.value };
}

function editItem(list: readonly Json[], part: string, change: Edit): Json {
  if (change.kind === 'add') return list.toSpliced(part === '-' ? list.length : index(list, part, list.length), 0, change.value);
  const position = index(list, part);
  return change.kind === 'remove' ? list.toSpliced(position, 1) : list.with(position, change.value);
}

function index(list: readonly Json[], part: string, last = list.length - 1): number {
  const position = /^(0|[1-9]\d*)$/.test(part) ? Number(part) : -1;
  if (position < 0 || position > last) throw new JsonPatchError(`invalid index: ${part}`);
  return position;
}
