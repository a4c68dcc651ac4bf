import { at, isJsonObject, textAt, type Json } from '../../json/json.ts';

/** How a list of a built-in kind merges: by the identity of its elements, as a set, or whole. */
export type ListMerge =
  { readonly kind: 'keyed'; readonly key: (element: Json) => string } | { readonly kind: 'set' } | { readonly kind: 'whole' };

const keyFields: Readonly<Record<string, string>> = {
  containers: 'name',
  initContainers: 'name',
  ephemeralContainers: 'name',
  env: 'name',
  volumes: 'name',
  volumeMounts: 'mountPath',
  volumeDevices: 'devicePath',
  imagePullSecrets: 'name',
  hostAliases: 'ip',
  topologySpreadConstraints: 'topologyKey',
  resourceClaims: 'name',
  secrets: 'name',
  ownerReferences: 'uid',
  conditions: 'type',
};

/** The merge keys of the built-in kinds by the name of the list's field: no kind uses one name in two ways, except `ports`. */
export function listMerge(field: string, elements: readonly Json[]): ListMerge {
  if (field === 'finalizers') return { kind: 'set' };
  if (field === 'ports') return portMerge(elements);
  const keyField = keyFields[field];
  if (keyField === undefined || !elements.every((element) => textAt(element, keyField) !== undefined)) return { kind: 'whole' };
  return { kind: 'keyed', key: (element) => textAt(element, keyField) ?? '' };
}

/** Containers key by `containerPort`, Services by `port`; a NetworkPolicy's ports may have neither and merge whole. */
function portMerge(elements: readonly Json[]): ListMerge {
  const field = ['containerPort', 'port'].find((name) => elements.every((element) => isJsonObject(element) && name in element));
  if (field === undefined) return { kind: 'whole' };
  return {
    kind: 'keyed',
    key: (element) => `${JSON.stringify(at(element, field))}/${textAt(element, 'protocol') ?? 'TCP'}`,
  };
}
