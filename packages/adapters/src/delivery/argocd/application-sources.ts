import type { JsonObject } from '@fairlead/domain';
import type { Application, ArgoCdSpec } from './schema.ts';

/** What is deployed, in the controller's order: with `sources` set, `source` is ignored. */
export function sourcesOf({ source, sources }: ArgoCdSpec): readonly JsonObject[] {
  if (hasSources({ sources })) return sources ?? [];
  return source ? [source] : [];
}

export function hasSources({ sources }: Pick<ArgoCdSpec, 'sources'>): boolean {
  return sources !== undefined && sources !== null && sources.length > 0;
}

/** Every folder that this Application's desired state is in; of a hydrator the one that it reads and the one that it writes. */
export function foldersOf(spec: ArgoCdSpec): readonly JsonObject[] {
  const hydrator = spec.sourceHydrator;
  if (!hydrator) return sourcesOf(spec).filter((source) => textOf(source, 'chart') === '' && textOf(source, 'path') !== '');
  return [hydrator.drySource, hydratedSource(hydrator)];
}

/** What a hydrated Application is synced from: the branch that the hydrator writes. Its repository is the dry source's where it names none. */
export function hydratedSource({ drySource, syncSource }: NonNullable<ArgoCdSpec['sourceHydrator']>): JsonObject {
  const repoURL = textOf(syncSource, 'repoURL') || textOf(drySource, 'repoURL');
  return { repoURL, path: textOf(syncSource, 'path'), targetRevision: textOf(syncSource, 'targetBranch') };
}

/** The revisions that the controller compared with, one per source. */
export function comparedRevisions({ status }: Application): readonly string[] {
  return revisionsOf(status?.sync ?? {});
}

/** `revisions` where there are several sources, else the one `revision`. */
export function revisionsOf(from: {
  readonly revision?: string | null | undefined;
  readonly revisions?: readonly string[] | null | undefined;
}): readonly string[] {
  if (from.revisions && from.revisions.length > 0) return from.revisions;
  return from.revision ? [from.revision] : [];
}

/** A text field of a source or destination; absent is empty. */
export function textOf(from: JsonObject | undefined, field: string): string {
  const value = from?.[field];
  return typeof value === 'string' ? value : '';
}
