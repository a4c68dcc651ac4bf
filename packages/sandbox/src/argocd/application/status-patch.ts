import { isDeepStrictEqual } from 'node:util';

import { at, textAt, type Json, type JsonObject } from '../../json/json.ts';
import { annotationsOf, type KubeObject } from '../../kube/kube-object.ts';

export const refreshAnnotation = 'argocd.argoproj.io/refresh';
const refreshTimestampAnnotation = 'argocd.argoproj.io/refresh-timestamp';

/** What `status.operationState` and `status.history` are is the operation's business: a comparison must not write over them. */
const compared = [
  'conditions',
  'controllerNamespace',
  'health',
  'reconciledAt',
  'resourceHealthSource',
  'resources',
  'sourceType',
  'sourceTypes',
  'summary',
  'sync',
];

/** A JSON patch that writes a comparison's findings and takes the refresh request away, if it is still the same one. Empty: nothing to say. */
export function comparisonPatch(application: KubeObject, status: JsonObject): readonly JsonObject[] {
  return [...removeRefresh(application), ...statusOperations(at(application, 'status'), status)];
}

function statusOperations(before: Json | undefined, after: JsonObject): readonly JsonObject[] {
  if (before === undefined) return [{ op: 'add', path: '/status', value: after }];
  return compared.flatMap((field): readonly JsonObject[] => {
    const was = at(before, field);
    const is = after[field];
    if (isDeepStrictEqual(was, is)) return [];
    if (is === undefined) return [{ op: 'remove', path: `/status/${field}` }];
    return [{ op: 'add', path: `/status/${field}`, value: is }];
  });
}

/** The timestamp is tested first: a request made meanwhile fails the patch and so isn't lost. */
function removeRefresh(application: KubeObject): readonly JsonObject[] {
  const annotations = annotationsOf(application);
  if (!(refreshAnnotation in annotations)) return [];
  const requestedAt = textAt(annotations, refreshTimestampAnnotation);
  const remove = (name: string): JsonObject => ({ op: 'remove', path: annotationPath(name) });
  if (requestedAt === undefined) return [remove(refreshAnnotation)];
  return [
    { op: 'test', path: annotationPath(refreshTimestampAnnotation), value: requestedAt },
    remove(refreshAnnotation),
    remove(refreshTimestampAnnotation),
  ];
}

function annotationPath(name: string): string {
  return `/metadata/annotations/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
