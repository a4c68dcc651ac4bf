import { sameFolder } from '../document/same-folder.ts';
import { sameRepository } from '../service/same-repository.ts';
import { fromWorst, pinsOf, standingOf, type Standing } from './containment-of.ts';
import type { ExpectedDelivery } from './delivery-verdict.ts';
import type { ObservedArgoCd, ObservedOperation, ObservedSource } from './observed-argocd.ts';
import { operationInfo } from './sync-request.ts';

interface Facts {
  readonly expected: ExpectedDelivery;
  readonly seen: ObservedArgoCd;
}

/** How an Application's revisions, one per source, stand to the commit: each source on its own, the worst decides. */
export function standingOfSources(revisions: readonly string[], facts: Facts): Standing {
  const standings = revisions.map((revision, index) => standingOfSource(revision, index, facts));
  for (const containment of fromWorst) {
    const found = standings.find((standing) => standing.containment === containment);
    if (found !== undefined) return found;
  }
  return { containment: 'unknown', revision: '' };
}

/** Of a source that isn't the commit's, what we pinned counts, or what the Application itself pins; a later one is newer inputs. */
function standingOfSource(revision: string, index: number, { expected, seen }: Facts): Standing {
  const pin = pinElsewhere(expected, index);
  if (pin !== undefined) return { containment: revision === pin ? 'contains' : 'differs', revision };
  const ownPin = pinOfItsOwn(seen, { index, expected });
  if (ownPin !== undefined) return { containment: revision !== '' && revision === ownPin ? 'contains' : 'unknown', revision };
  const commit = commitOf(seen, revision);
  return commit === undefined ? { containment: 'unknown', revision } : { ...standingOf([commit], expected), revision };
}

function pinElsewhere(expected: ExpectedDelivery, index: number): string | undefined {
  const pins = pinsOf(expected);
  const pin = pins.length > 1 && pins.includes(expected.commit) ? pins[index] : undefined;
  return pin === expected.commit ? undefined : pin;
}

/** What the specification asks of a source that isn't the commit's, where we asked for nothing. */
function pinOfItsOwn(
  { sources }: ObservedArgoCd,
  { index, expected }: { readonly index: number; readonly expected: ExpectedDelivery },
): string | undefined {
  const source = sources?.[index];
  if (source === undefined || pinsOf(expected).includes(expected.commit)) return undefined;
  return isOfCommit(source, sourceOfCommit(sources, expected.path)) ? undefined : source.targetRevision;
}

/** The source that the environment's folder is in: with several, the commit is of its branch of its repository. */
export function sourceOfCommit(sources: readonly ObservedSource[] | undefined, path: string | undefined): ObservedSource | undefined {
  const folders = (sources ?? []).filter((source) => source.chart === undefined && source.path !== '');
  return folders.find((source) => path !== undefined && sameFolder(source.path, path)) ?? folders[0];
}

export function isOfCommit(source: ObservedSource, main: ObservedSource | undefined): boolean {
  if (main === undefined || source.chart !== undefined) return false;
  return sameRepository(source.repository, main.repository) && source.targetRevision === main.targetRevision;
}

/** The commit that a synced revision is of: itself, or what it was hydrated from, as the hydrator or our own operation tells. */
export function commitOf({ hydration, operation }: Pick<ObservedArgoCd, 'hydration' | 'operation'>, revision: string): string | undefined {
  if (hydration === undefined) return revision;
  return hydration.done.find(({ hydrated }) => hydrated === revision)?.dry ?? meantBy(operation, revision);
}

function meantBy(operation: ObservedOperation | undefined, revision: string): string | undefined {
  return operation?.revisions.includes(revision) === true ? operation.info[operationInfo.commit] : undefined;
}

/** The commits of the environment's own branch that an Application was compared with. */
export function comparedCommits(seen: ObservedArgoCd, path: string): readonly string[] {
  return commitsOfSource(seen, seen.sync.revisions, path);
}

/** Of revisions, one per source, the commits of the branch that has the folder. */
export function commitsOfSource(seen: ObservedArgoCd, revisions: readonly string[], path: string): readonly string[] {
  const main = sourceOfCommit(seen.sources, path);
  return revisions.flatMap((revision, index) => {
    const source = seen.sources?.[index];
    return source === undefined || isOfCommit(source, main) ? (commitOf(seen, revision) ?? []) : [];
  });
}

/** Every commit that is named as compared or synced: how each stands to the one that is expected decides about its delivery. */
export function namedCommits(seen: ObservedArgoCd): readonly string[] {
  const revisions = [...seen.sync.revisions, ...(seen.operation?.revisions ?? [])];
  const dry = seen.hydration?.done.map((pair) => pair.dry) ?? [];
  return [...new Set([...revisions.flatMap((revision) => commitOf(seen, revision) ?? []), ...dry])];
}
