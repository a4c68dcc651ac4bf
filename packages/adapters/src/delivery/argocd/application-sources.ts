import type { JsonObject, ObservedSource } from '@fairlead/domain';
import { redact } from '../../http/redact.ts';
import type { Application, ArgoCdSpec } from './schema.ts';

/** What is deployed, in the controller's order: a hydrator outranks `sources`, and with `sources` set, `source` is ignored. */
export function sourcesOf({ source, sources, sourceHydrator }: ArgoCdSpec): readonly JsonObject[] {
  if (sourceHydrator) return [hydratedSource(sourceHydrator)];
  if (sources && sources.length > 0) return sources;
  return source ? [source] : [];
}

export function hasSources({ sources, sourceHydrator }: ArgoCdSpec): boolean {
  return !sourceHydrator && sources !== undefined && sources !== null && sources.length > 0;
}

/** What people review: what is deployed, or what a hydrator reads. */
export function reviewedSources(spec: ArgoCdSpec): readonly ObservedSource[] {
  const sources = spec.sourceHydrator ? [spec.sourceHydrator.drySource ?? {}] : sourcesOf(spec);
  return sources.map((source) => {
    const [chart, ref] = [textOf(source, 'chart'), textOf(source, 'ref')];
    return {
      repository: redact(textOf(source, 'repoURL')),
      path: textOf(source, 'path'),
      targetRevision: textOf(source, 'targetRevision'),
      ...(chart === '' ? {} : { chart }),
      ...(ref === '' ? {} : { ref }),
    };
  });
}

/** Every folder that this Application's desired state is in; of a hydrator the one that it reads and the one that it writes. */
export function foldersOf(spec: ArgoCdSpec): readonly JsonObject[] {
  const hydrator = spec.sourceHydrator;
  if (!hydrator) return sourcesOf(spec).filter((source) => textOf(source, 'chart') === '' && textOf(source, 'path') !== '');
  return [hydrator.drySource ?? {}, hydratedSource(hydrator)];
}

/** What a hydrated Application is synced from: the branch that the hydrator writes. Its repository is the dry source's where it names none. */
function hydratedSource({ drySource, syncSource }: NonNullable<ArgoCdSpec['sourceHydrator']>): JsonObject {
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
export function textOf(from: JsonObject | null | undefined, field: string): string {
  const value = from?.[field];
  return typeof value === 'string' ? value : '';
}
