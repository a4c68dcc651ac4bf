import { isOfCommit, operationInfo, sourceOfCommit, type Json, type JsonObject, type ObjectRef, type SyncRequest } from '@fairlead/domain';
import { comparedRevisions, hasSources, reviewedSources, sourcesOf } from './application-sources.ts';
import { normalSync } from './normal-json.ts';
import type { Application } from './schema.ts';

/** What a request asks of this Application, in the form in which an observation tells what was asked: the two are compared. `revision` has the commit. */
export function askedOf(request: SyncRequest, application: Application, revision: string): JsonObject {
  return normalSync(syncOf({ ...request, revision }, application));
}

/** The operation as we write it. The controller takes nothing from the spec's sync policy for it, so we copy what holds there. */
export function operationOf(request: SyncRequest, application: Application, revision: string): JsonObject {
  const retry = application.spec.syncPolicy?.retry;
  const meant = revision === request.revision ? {} : { [operationInfo.commit]: request.revision };
  const info = { ...request.info, ...meant, [operationInfo.operation]: request.operation };
  return {
    initiatedBy: { username: `fairlead:${request.actor}`, automated: false },
    info: Object.entries(info).map(([name, value]) => ({ name, value })),
    ...(retry ? { retry } : {}),
    sync: syncOf({ ...request, revision }, application),
  };
}

interface Asked extends Pick<SyncRequest, 'prune' | 'path' | 'only' | 'replace'> {
  readonly revision: string;
}

function syncOf(asked: Asked, application: Application): JsonObject {
  return {
    ...revisionOf(asked, application),
    ...(asked.only === undefined ? {} : { resources: asked.only.map(resourceOf) }),
    prune: asked.prune,
    syncOptions: syncOptionsOf(asked, application),
    syncStrategy: { hook: {} },
  };
}

/** With several sources `revision` and `source` must be absent and `revisions` of the same length: else the controller drops them silently. */
function revisionOf(asked: Asked, application: Application): JsonObject {
  const { spec } = application;
  if (!hasSources(spec)) return { revision: asked.revision };
  return { sources: sourcesOf(spec), revisions: pinnedRevisions(asked, application) };
}

/** The commit for the source of the environment and those of the same branch; the others stay at what they were compared with. */
export function pinnedRevisions({ revision, path }: Pick<Asked, 'revision' | 'path'>, application: Application): readonly string[] {
  const sources = reviewedSources(application.spec);
  const compared = comparedRevisions(application);
  const main = sourceOfCommit(sources, path);
  return sources.map((source, index) => (isOfCommit(source, main) ? revision : (compared[index] ?? '')));
}

function resourceOf({ group, kind, namespace, name }: ObjectRef): JsonObject {
  return { group, kind, ...(namespace === undefined ? {} : { namespace }), name };
}

/** A deletion comes last, when everything else is applied and healthy. A replacement is of what the controller calls synced, and nothing is merged in it. */
function syncOptionsOf({ prune, replace = false }: Asked, { spec }: Application): readonly Json[] {
  const without = [...(prune ? ['PruneLast'] : []), ...(replace ? ['Replace', 'ServerSideApply', 'ApplyOutOfSyncOnly'] : [])];
  const kept = (spec.syncPolicy?.syncOptions ?? []).filter((option) => !without.some((name) => option.startsWith(`${name}=`)));
  return [...kept, ...(prune ? ['PruneLast=true'] : []), ...(replace ? ['Replace=true'] : [])];
}
