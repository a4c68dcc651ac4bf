import { InvariantError, objectRefOf, type JsonObject } from '@fairlead/domain';

const plurals: Readonly<Record<string, string>> = {
  Application: 'applications',
  ConfigMap: 'configmaps',
  Deployment: 'deployments',
  GitRepository: 'gitrepositories',
  Kustomization: 'kustomizations',
  Namespace: 'namespaces',
  Service: 'services',
};

/** Where the API server has the objects of this one's kind and namespace. */
export function collectionPath(object: JsonObject): string {
  const { group, version, kind, namespace } = objectRefOf(object);
  const plural = plurals[kind];
  if (plural === undefined) throw new InvariantError('e2e-kind-unknown', `no journey has a ${kind}`);
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  return `${root}${namespace === undefined ? '' : `/namespaces/${namespace}`}/${plural}`;
}

export function objectPath(object: JsonObject): string {
  return `${collectionPath(object)}/${objectRefOf(object).name}`;
}
