import { isJsonList, isJsonObject, listAt, textAt, textsAt, type Json, type JsonObject } from '../../json/json.ts';
import { matchesGlob } from '../windows/glob.ts';
import { keyOf, type KubeObject } from '../../kube/kube-object.ts';

/** The JSON pointers of `spec.ignoreDifferences` that apply to an object. Only `jsonPointers` are honoured here. */
export function ignoredPointers(spec: Json, object: KubeObject): readonly string[] {
  const key = keyOf(object);
  return listAt(spec, 'ignoreDifferences').flatMap((rule) => {
    const exact = (field: 'name' | 'namespace'): boolean => [undefined, '', key[field]].includes(textAt(rule, field));
    const applies = matchesGlob(textAt(rule, 'group') ?? '', key.group) && matchesGlob(textAt(rule, 'kind') ?? '', key.kind);
    return applies && exact('name') && exact('namespace') ? textsAt(rule, 'jsonPointers') : [];
  });
}

export function removePointers(object: JsonObject, pointers: readonly string[]): JsonObject {
  return pointers.reduce((rest, pointer) => {
    const path = pointer.split('/').slice(1).map(unescapeStep);
    const removed = removeAt(rest, path);
    return isJsonObject(removed) ? removed : rest;
  }, object);
}

function unescapeStep(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}

function removeAt(value: Json, [step, ...rest]: readonly string[]): Json {
  if (step === undefined) return value;
  if (isJsonList(value)) {
    const index = Number(step);
    if (!(index in value)) return value;
    return rest.length === 0 ? value.toSpliced(index, 1) : value.with(index, removeAt(value[index] ?? null, rest));
  }
  if (!isJsonObject(value) || !(step in value)) return value;
  if (rest.length > 0) return { ...value, [step]: removeAt(value[step] ?? null, rest) };
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== step));
}
