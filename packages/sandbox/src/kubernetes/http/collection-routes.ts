import type { Target } from '../api/cluster.ts';
import { createObject } from '../api/create-object.ts';
import { deleteObject } from '../api/delete-object.ts';
import { listObject, listObjects, selectObjects, type Selection } from '../api/list-objects.ts';
import { invalidOptions } from '../api/status-error.ts';
import { presentAs } from '../api/stored-object.ts';
import { bookmark, requireWatchable, watchObjects } from '../api/watch-objects.ts';
import { forbiddenField } from '../validation/cause.ts';
import { json, type Answer } from './answer.ts';
import { queryFlag, queryNumber, queryText, type ApiRequest } from './api-request.ts';
import { deletionOf, methodNotAllowed, sentObject, writerOf, type Served } from './served.ts';

type Place = Omit<Target, 'name'>;

export function collectionRoute(served: Served, request: ApiRequest, place: Place): Answer {
  switch (request.method) {
    case 'GET':
      return queryFlag(request, 'watch') ? watch(served, request, place) : list(served, request, place);
    case 'POST':
      return create(served, request, place);
    case 'DELETE':
      return removeAll(served, request, place);
    default:
      throw methodNotAllowed();
  }
}

function selectionOf(request: ApiRequest, { type, namespace }: Place): Selection {
  return { type, namespace, labelSelector: queryText(request, 'labelSelector'), fieldSelector: queryText(request, 'fieldSelector') };
}

function list({ cluster, pages }: Served, request: ApiRequest, place: Place): Answer {
  const listing = {
    ...selectionOf(request, place),
    limit: queryNumber(request, 'limit') ?? 0,
    continueToken: queryText(request, 'continue'),
    resourceVersion: queryText(request, 'resourceVersion'),
    exact: queryText(request, 'resourceVersionMatch') === 'Exact',
  };
  return json(listObjects(cluster, pages, listing));
}

/** How long before the end of a watch its last bookmark comes. */
const bookmarkLeadMs = 2000;

function watch({ cluster }: Served, request: ApiRequest, place: Place): Answer {
  const watching = {
    ...selectionOf(request, place),
    resourceVersion: queryText(request, 'resourceVersion'),
    sendInitialEvents: queryFlag(request, 'sendInitialEvents'),
  };
  requireWatchable(watching);
  if (watching.sendInitialEvents && queryText(request, 'resourceVersionMatch') !== 'NotOlderThan') {
    const because = 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan';
    throw invalidOptions('ListOptions', forbiddenField('resourceVersionMatch', because));
  }
  const timeoutSeconds = queryNumber(request, 'timeoutSeconds');
  return {
    kind: 'watch',
    timeoutMs: timeoutSeconds === undefined ? undefined : timeoutSeconds * 1000,
    bookmarkLeadMs,
    bookmark: queryFlag(request, 'allowWatchBookmarks') ? () => bookmark(cluster, watching) : undefined,
    start: (send) => watchObjects(cluster, watching, send),
  };
}

function create({ cluster }: Served, request: ApiRequest, place: Place): Answer {
  const { type, namespace } = place;
  if (type.namespaced && namespace === undefined) throw methodNotAllowed();
  const body = sentObject(request, place);
  return json(createObject(cluster, { type, namespace, body, writer: writerOf(request) }), 201);
}

function removeAll({ cluster }: Served, request: ApiRequest, place: Place): Answer {
  const { type, namespace } = place;
  if (type.namespaced && namespace === undefined) throw methodNotAllowed();
  const removed = selectObjects(cluster, selectionOf(request, place)).map(({ metadata }) => {
    return deleteObject(cluster, deletionOf(request, { type, namespace, name: metadata.name })).object;
  });
  const shown = removed.map((object) => presentAs(type, object));
  return json(listObject(type, shown, { resourceVersion: cluster.store.version.toString() }));
}
