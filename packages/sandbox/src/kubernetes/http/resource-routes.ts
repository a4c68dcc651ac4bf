import { noSuchResource } from '../api/status-error.ts';
import { requireAccess } from './access.ts';
import { noSuchPath, type Answer } from './answer.ts';
import { queryFlag, type ApiRequest } from './api-request.ts';
import { collectionRoute } from './collection-routes.ts';
import { objectRoute } from './object-routes.ts';
import { parseResourcePath, type ResourcePath } from './resource-path.ts';
import type { Served } from './served.ts';
import { subresourceRoute } from './subresource-routes.ts';

/** Everything below `/api/v1` and `/apis/<group>/<version>` that is about objects. */
export function resourceRoute(served: Served, request: ApiRequest): Answer {
  const path = parseResourcePath(request.path);
  if (path === undefined) return noSuchPath;
  const { cluster } = served;
  requireAccess(request.user, { ...path, resource: path.plural, verb: verbOf(request, path) });
  const type = cluster.registry.byPath(path);
  if (type === undefined) {
    const known = cluster.registry.all().some(({ group, version }) => group === path.group && version === path.version);
    if (known) throw noSuchResource();
    return noSuchPath;
  }
  // A namespaced object has no path without its namespace, and a cluster-scoped one none inside.
  const misplaced =
    path.name === undefined ? path.namespace !== undefined && !type.namespaced : (path.namespace !== undefined) !== type.namespaced;
  if (misplaced) throw noSuchResource();

  if (path.name === undefined) return collectionRoute(served, request, { type, namespace: path.namespace });
  const target = { type, namespace: path.namespace, name: path.name };
  return path.subresource === undefined
    ? objectRoute(served, request, target)
    : subresourceRoute(served, request, { target, subresource: path.subresource });
}

function verbOf({ method, ...request }: ApiRequest, { name }: ResourcePath): string {
  if (method === 'GET' && name === undefined) return queryFlag({ method, ...request }, 'watch') ? 'watch' : 'list';
  if (method === 'DELETE' && name === undefined) return 'deletecollection';
  return { GET: 'get', POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' }[method] ?? method.toLowerCase();
}
