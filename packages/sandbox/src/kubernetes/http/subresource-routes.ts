import type { Target } from '../api/cluster.ts';
import { readScale, writeScale } from '../api/scale-object.ts';
import { noSuchResource } from '../api/status-error.ts';
import { presentAs, readObject } from '../api/stored-object.ts';
import { json, type Answer } from './answer.ts';
import { bodyObject, type ApiRequest } from './api-request.ts';
import { patch, replace, sentPatch } from './object-routes.ts';
import { methodNotAllowed, writerOf, type Served } from './served.ts';

interface Place {
  readonly target: Target;
  readonly subresource: string;
}

export function subresourceRoute(served: Served, request: ApiRequest, { target, subresource }: Place): Answer {
  const { type } = target;
  if (subresource === 'scale' && type.scale !== undefined) return scaleRoute(served, request, target);
  if (subresource === 'status' && type.status) return statusRoute(served, request, target);
  if (subresource === 'finalize' && type.id === 'namespaces.' && request.method === 'PUT')
    return replace(served, request, { target, subresource });
  throw noSuchResource();
}

function statusRoute(served: Served, request: ApiRequest, target: Target): Answer {
  const { method } = request;
  if (method === 'GET') return json(presentAs(target.type, readObject(served.cluster, target)));
  if (method === 'PUT') return replace(served, request, { target, subresource: 'status' });
  if (method === 'PATCH') return patch(served, request, { target, subresource: 'status' });
  throw methodNotAllowed();
}

function scaleRoute({ cluster }: Served, request: ApiRequest, target: Target): Answer {
  const { method } = request;
  if (method === 'GET') return json(readScale(cluster, target));
  const writer = writerOf(request);
  if (method === 'PUT') return json(writeScale(cluster, target, { change: { kind: 'put', body: bodyObject(request, 'Scale') }, writer }));
  if (method === 'PATCH')
    return json(writeScale(cluster, target, { change: { kind: 'patch', patch: sentPatch(request, target) }, writer }));
  throw methodNotAllowed();
}
