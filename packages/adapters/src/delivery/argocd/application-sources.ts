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
