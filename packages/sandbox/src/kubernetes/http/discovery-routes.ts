import type { JsonObject } from '../json/json.ts';
import type { ResourceRegistry } from '../resources/resource-registry.ts';
import { apiVersionOf, type ResourceType } from '../resources/resource-type.ts';
import { json, noSuchPath, type Answer } from './answer.ts';

const version = {
  major: '1',
  minor: '36',
  gitVersion: 'v1.36.1+sandbox',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: '',
  compiler: 'node',
  platform: 'linux/amd64',
};

/** Asked before signing in, by probes and by people. */
export function publicRoute(path: string): Answer | undefined {
  if (['/healthz', '/livez', '/readyz'].includes(path)) return { kind: 'text', code: 200, text: 'ok' };
  return path === '/version' ? json(version) : undefined;
}

export function discoveryRoute(registry: ResourceRegistry, path: string): Answer | undefined {
  if (path === '/api') return json({ kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] });
  if (path === '/apis') return json({ kind: 'APIGroupList', apiVersion: 'v1', groups: groupsOf(registry) });
  if (path === '/openapi/v3') return json({ paths: {} });
  const group = /^\/apis\/([^/]+)$/.exec(path)?.[1];
  if (group !== undefined) return groupAnswer(registry, group);
  const apiVersion = /^\/api\/(v1)$/.exec(path)?.[1] ?? /^\/apis\/([^/]+\/[^/]+)$/.exec(path)?.[1];
  return apiVersion === undefined ? undefined : resourcesAnswer(registry, apiVersion);
}

function groupAnswer(registry: ResourceRegistry, name: string): Answer {
  const group = groupsOf(registry).find((one) => one['name'] === name);
  return group === undefined ? noSuchPath : json({ kind: 'APIGroup', apiVersion: 'v1', ...group });
}

/** Reviews are asked, never stored, so no type stands behind them. */
const reviewGroups: Readonly<Record<string, readonly JsonObject[]>> = {
  'authorization.k8s.io/v1': [
    review('selfsubjectaccessreviews', 'SelfSubjectAccessReview'),
    review('selfsubjectrulesreviews', 'SelfSubjectRulesReview'),
  ],
  'authentication.k8s.io/v1': [review('selfsubjectreviews', 'SelfSubjectReview')],
};

function review(name: string, kind: string): JsonObject {
  return { name, singularName: kind.toLowerCase(), namespaced: false, kind, verbs: ['create'] };
}

function groupsOf(registry: ResourceRegistry): readonly JsonObject[] {
  const apiVersions = new Set([...registry.all().map(apiVersionOf), ...Object.keys(reviewGroups)].filter((name) => name.includes('/')));
  const names = new Set([...apiVersions].map((apiVersion) => apiVersion.split('/')[0] ?? ''));
  return [...names].map((name) => {
    const versions = [...apiVersions]
      .filter((apiVersion) => apiVersion.startsWith(`${name}/`))
      .map((groupVersion) => ({ groupVersion, version: groupVersion.slice(name.length + 1) }));
    return { name, versions, ...(versions[0] && { preferredVersion: versions[0] }) };
  });
}

function resourcesAnswer(registry: ResourceRegistry, apiVersion: string): Answer {
  const types = registry.all().filter((type) => apiVersionOf(type) === apiVersion);
  const resources = [...types.flatMap(entries), ...(reviewGroups[apiVersion] ?? [])];
  if (resources.length === 0) return noSuchPath;
  return json({ kind: 'APIResourceList', apiVersion: 'v1', groupVersion: apiVersion, resources });
}

const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

function entries(type: ResourceType): readonly JsonObject[] {
  const { plural, singular, namespaced, kind, shortNames, categories } = type;
  const subresource = { singularName: '', namespaced, verbs: ['get', 'patch', 'update'] };
  return [
    {
      name: plural,
      singularName: singular,
      namespaced,
      kind,
      verbs,
      ...(shortNames.length > 0 && { shortNames }),
      ...(categories.length > 0 && { categories }),
    },
    ...(type.status ? [{ ...subresource, name: `${plural}/status`, kind }] : []),
    ...(type.scale === undefined ? [] : [{ ...subresource, name: `${plural}/scale`, group: 'autoscaling', version: 'v1', kind: 'Scale' }]),
  ];
}
