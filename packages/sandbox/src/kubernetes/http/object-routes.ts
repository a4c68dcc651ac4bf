import type { Target } from '../api/cluster.ts';
import { deletedStatus, deleteObject } from '../api/delete-object.ts';
import type { Subresource } from '../api/finish-object.ts';
import { patchObject, type Patch } from '../api/patch-object.ts';
import { badRequest, invalid } from '../api/status-error.ts';
import { presentAs, readObject } from '../api/stored-object.ts';
import { updateObject } from '../api/update-object.ts';
import { textAt } from '../json/json-path.ts';
import { requiredVersion } from '../validation/cause.ts';
import { json, type Answer } from './answer.ts';
import { decodeJson, decodeYaml, queryFlag, queryText, unsupportedMediaType, type ApiRequest } from './api-request.ts';
import { deletionOf, methodNotAllowed, sentObject, writerOf, type Served } from './served.ts';

export function objectRoute(served: Served, request: ApiRequest, target: Target): Answer {
  const { type } = target;
  switch (request.method) {
    case 'GET':
      return json(presentAs(type, readObject(served.cluster, target)));
    case 'PUT':
      return replace(served, request, { target });
    case 'PATCH':
      return patch(served, request, { target });
    case 'DELETE':
      return remove(served, request, target);
    default:
      throw methodNotAllowed();
  }
}

interface Place {
  readonly target: Target;
  readonly subresource?: Subresource;
}

export function replace({ cluster }: Served, request: ApiRequest, { target, subresource }: Place): Answer {
  const { type, name } = target;
  const body = sentObject(request, target);
  if (type.origin === 'definition' && (textAt(body, 'metadata', 'resourceVersion') ?? '') === '') {
    readObject(cluster, target);
    throw invalid(type, name, [requiredVersion]);
  }
  const propose = (): { readonly object: typeof body } => ({ object: body });
  const object = updateObject(cluster, { target, writer: writerOf(request), propose, ...(subresource !== undefined && { subresource }) });
  return json(presentAs(type, object));
}

export function patch({ cluster }: Served, request: ApiRequest, { target, subresource }: Place): Answer {
  const sent = sentPatch(request, target);
  const writer = writerOf(request);
  const { object, created } = patchObject(cluster, { target, patch: sent, writer, ...(subresource !== undefined && { subresource }) });
  return json(presentAs(target.type, object), created ? 201 : 200);
}

const patchTypes = ['application/json-patch+json', 'application/merge-patch+json', 'application/apply-patch+yaml'];
const strategicType = 'application/strategic-merge-patch+json';

export function sentPatch(request: ApiRequest, { type }: Target): Patch {
  const { contentType, body } = request;
  const force = queryFlag(request, 'force');
  const accepted = type.origin === 'built-in' ? [...patchTypes, strategicType] : patchTypes;
  if (!accepted.includes(contentType)) throw unsupportedMediaType(accepted);
  if (contentType !== 'application/apply-patch+yaml') {
    if (force) throw badRequest('force: Forbidden: may not be specified for non-apply patch');
    const kind = contentType === strategicType ? 'strategic' : contentType === patchTypes[0] ? 'json' : 'merge';
    return { kind, body: decodeJson(body), force };
  }
  if (queryText(request, 'fieldManager') === '') throw badRequest('fieldManager: Required value: is required for apply patch');
  return { kind: 'apply', body: decodeYaml(body), force };
}

/** Kinds whose deletion is answered with the object itself. */
const answeredWithObject = new Set(['pods.', 'services.', 'serviceaccounts.', 'persistentvolumeclaims.', 'persistentvolumes.']);

function remove({ cluster }: Served, request: ApiRequest, target: Target): Answer {
  const { kind, object } = deleteObject(cluster, deletionOf(request, target));
  const shown = presentAs(target.type, object);
  return json(kind === 'removed' && !answeredWithObject.has(target.type.id) ? deletedStatus(target, object) : shown);
}
