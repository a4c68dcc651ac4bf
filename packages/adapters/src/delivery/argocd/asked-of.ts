import { operationInfo, type Json, type JsonObject, type SyncRequest } from '@fairlead/domain';
import { comparedRevisions, hasSources, sourcesOf, textOf } from './application-sources.ts';
import { normalSync } from './normal-json.ts';
import type { Application } from './schema.ts';

/** What a request asks of this Application, in the form in which an observation tells what was asked: the two are compared. */
export function askedOf(request: SyncRequest, application: Application): JsonObject {
  return normalSync(syncOf(request, application));
}

/** The operation as we write it. The controller takes nothing from the spec's sync policy for it, so we copy what holds there. */
export function operationOf(request: SyncRequest, application: Application): JsonObject {
  const retry = application.spec.syncPolicy?.retry;
  const info = { ...request.info, [operationInfo.operation]: request.operation };
  return {
    initiatedBy: { username: `fairlead:${request.actor}`, automated: false },
    info: Object.entries(info).map(([name, value]) => ({ name, value })),
    ...(retry ? { retry } : {}),
    sync: syncOf(request, application),
  };
}

function syncOf(request: SyncRequest, application: Application): JsonObject {
  return {
    ...revisionOf(request, application),
    prune: request.prune,
    syncOptions: syncOptionsOf(request, application),
    syncStrategy: { hook: {} },
  };
}

/** With several sources `revision` and `source` must be absent and `revisions` of the same length: else the controller drops them silently. */
function revisionOf({ revision }: SyncRequest, application: Application): JsonObject {
  const { spec } = application;
  if (!hasSources(spec)) return { revision };
  return { sources: sourcesOf(spec), revisions: pinnedRevisions(revision, application) };
}

/** The commit for each source of its repository, which is the first source's with a path; the others stay at what they were compared with. */
export function pinnedRevisions(commit: string, application: Application): readonly string[] {
  const sources = sourcesOf(application.spec);
  const compared = comparedRevisions(application);
  const repository = textOf(
    sources.find((source) => textOf(source, 'path') !== '' && textOf(source, 'chart') === ''),
    'repoURL',
  );
  return sources.map((source, index) => (isOf(repository, source) ? commit : (compared[index] ?? '')));
}

function isOf(repository: string, source: JsonObject): boolean {
  return repository !== '' && textOf(source, 'repoURL') === repository && textOf(source, 'chart') === '';
}

/** A deletion comes last, when everything else is applied and healthy. */
function syncOptionsOf({ prune }: SyncRequest, { spec }: Application): readonly Json[] {
  const options = spec.syncPolicy?.syncOptions ?? [];
  return prune ? [...options.filter((option) => !option.startsWith('PruneLast=')), 'PruneLast=true'] : options;
}
