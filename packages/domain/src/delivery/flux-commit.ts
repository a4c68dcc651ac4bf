import type { CommitSha } from '../desired-state/commit-sha.ts';
import { commitOfOrigin, commitOfRevision } from './flux-revision.ts';
import type { ObservedFlux } from './observed-flux.ts';

/** The commit behind a revision of the Kustomization's source. An artifact that isn't a commit's own says where it comes from, or there is none. */
export function commitOfFlux(
  seen: Pick<ObservedFlux, 'origin' | 'history' | 'lastApplied' | 'lastAppliedOrigin'>,
  revision: string | undefined,
): CommitSha | undefined {
  if (revision === undefined) return undefined;
  if (seen.origin.kind === 'GitRepository') return commitOfRevision(revision);
  const origin = originOf(seen, revision);
  return origin === undefined ? undefined : commitOfOrigin(origin);
}

function originOf(
  { origin, history, lastApplied, lastAppliedOrigin }: Parameters<typeof commitOfFlux>[0],
  revision: string,
): string | undefined {
  if (revision === lastApplied && lastAppliedOrigin !== undefined) return lastAppliedOrigin;
  const past = history.find((entry) => entry.revision === revision)?.originRevision;
  return past ?? (origin.found && origin.revision === revision ? origin.originRevision : undefined);
}
