import { at, isJsonObject, listAt, objectAt, textAt, textsAt, type Json, type JsonObject } from '../../json/json.ts';

/** What an application, or one of its operations, is made from. `several` decides which fields tell it: `sources` and `revisions`, or `source` and `revision`. */
export interface AppSources {
  readonly several: boolean;
  readonly sources: readonly JsonObject[];
}

/** With `sources` set, `source` is ignored. */
export function appSources(from: Json): AppSources {
  const sources = listAt(from, 'sources').filter(isJsonObject);
  return sources.length > 0 ? { several: true, sources } : { several: false, sources: [objectAt(from, 'source')] };
}

/** An operation's own where it names any, else the application's. One that names a single source makes several into one. */
export function operationSources(sync: Json, own: AppSources): AppSources {
  return listAt(sync, 'sources').length > 0 || isJsonObject(at(sync, 'source')) ? appSources(sync) : own;
}

/** A list of another length than the sources says nothing: then every source is taken from where it points. */
export function operationRevisions(sync: Json, { several, sources }: AppSources): readonly string[] {
  const given = several ? textsAt(sync, 'revisions') : [textAt(sync, 'revision') ?? ''];
  const isUsable = given.length === sources.length;
  return sources.map((source, index) => {
    const revision = isUsable ? (given[index] ?? '') : '';
    return revision === '' ? targetRevision(source) : revision;
  });
}

export function targetRevision(source: Json): string {
  return textAt(source, 'targetRevision') ?? '';
}

/** Argo CD's `source` is no pointer: with several, an empty one is written beside them. */
export function sourceFields({ several, sources }: AppSources): JsonObject {
  return several ? { source: { repoURL: '' }, sources } : { source: sources[0] ?? {} };
}

export function revisionFields({ several }: AppSources, revisions: readonly string[]): JsonObject {
  return several ? { revisions } : { revision: revisions[0] ?? '' };
}

/** As `revisionFields` wrote them; empty where they are of another number of sources. */
export function revisionsIn(json: Json, { several, sources }: AppSources): readonly string[] {
  const revisions = several ? textsAt(json, 'revisions') : [textAt(json, 'revision') ?? ''];
  return revisions.length === sources.length && !revisions.includes('') ? revisions : [];
}

/** It lends its files to other sources and declares nothing itself. */
export function isReference(source: Json): boolean {
  return (textAt(source, 'ref') ?? '') !== '' && (textAt(source, 'path') ?? '') === '' && (textAt(source, 'chart') ?? '') === '';
}
