import type { Target } from '../api/cluster.ts';
import { deletedStatus, deleteObject } from '../api/delete-object.ts';
import type { Subresource } from '../api/finish-object.ts';
import { patchObject, type Patch, type PatchKind } from '../api/patch-object.ts';
import { invalidOptions, StatusError, unversioned } from '../api/status-error.ts';
import { presentAs, readObject } from '../api/stored-object.ts';
import { updateObject } from '../api/update-object.ts';
import { textAt } from '../json/json-path.ts';
import { forbiddenField, requiredValue } from '../validation/cause.ts';
import { json, type Answer } from './answer.ts';
import { patchBody, queryFlag, queryText, unsupportedMediaType, type ApiRequest } from './api-request.ts';
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
    throw unversioned(type, name);
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

const strategicType = 'application/strategic-merge-patch+json';

const patchKinds: Readonly<Record<string, PatchKind>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/apply-patch+yaml': 'apply',
  [strategicType]: 'strategic',
};

export function sentPatch(request: ApiRequest, { type }: Target): Patch {
  const kind = patchKinds[request.contentType];
  if (kind === undefined) throw new StatusError('UnsupportedMediaType', '415: Unsupported Media Type', {});
  if (kind === 'strategic' && type.origin === 'definition') {
    throw unsupportedMediaType(Object.keys(patchKinds).filter((accepted) => accepted !== strategicType));
  }
  const force = queryFlag(request, 'force');
  if (kind !== 'apply' && force) throw invalidOptions('PatchOptions', forbiddenField('force', 'may not be specified for non-apply patch'));
  if (kind === 'apply' && queryText(request, 'fieldManager') === '') {
    throw invalidOptions('PatchOptions', requiredValue('fieldManager', 'is required for apply patch'));
  }
  return { kind, body: patchBody(request), force };
}

/** Kinds whose deletion is answered with the object itself. */
const answeredWithObject = new Set(['pods.', 'services.', 'serviceaccounts.', 'persistentvolumeclaims.', 'persistentvolumes.']);

function remove({ cluster }: Served, request: ApiRequest, target: Target): Answer {
  const { kind, object } = deleteObject(cluster, deletionOf(request, target));
  const shown = presentAs(target.type, object);
  return json(kind === 'removed' && !answeredWithObject.has(target.type.id) ? deletedStatus(target, object) : shown);
}
