import {
  diffObjects,
  renderFault,
  unprovenObjects,
  type JsonObject,
  type ObjectChange,
  type RepoPath,
  type UnprovenRender,
} from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import type { PathTree } from '../ports/file-snapshot.ts';
import type { Renderer, RenderOutcome } from '../ports/renderer.ts';
import { findEnvironments, type FoundEnvironment } from './find-environments.ts';

export interface DiffRequest {
  /** Nothing at all where there is no commit to compare with. */
  readonly before: PathTree | 'nothing';
  readonly after: PathTree;
  /** Where to look; '' is the root. */
  readonly path: RepoPath | '';
}

/** What becomes of one environment. `failed`: one of the sides doesn't render, so nothing can be said of it. */
export type EnvironmentDiff = Readonly<{ environment: string; path: string; unproven?: readonly UnprovenRender[] }> &
  (
    | { readonly kind: 'unchanged' }
    | { readonly kind: 'changed'; readonly changes: readonly ObjectChange[] }
    | { readonly kind: 'added' | 'removed'; readonly changes: readonly ObjectChange[] }
    | { readonly kind: 'failed'; readonly side: 'before' | 'after'; readonly code: string; readonly message: string; readonly fix: string }
  );

/** What changes for every environment of either side, as rendered: a shared base changes all that build on it. */
export async function diffEnvironments(
  { renderer }: Pick<EnginePorts, 'renderer'>,
  { before, after, path }: DiffRequest,
): Promise<readonly EnvironmentDiff[]> {
  const old = before === 'nothing' ? [] : (await findEnvironments(before, path)).environments;
  const now = (await findEnvironments(after, path)).environments;
  const diffs: EnvironmentDiff[] = [];
  for (const { environment, earlier } of paired(old, now)) {
    const was = earlier === undefined || before === 'nothing' ? undefined : await renderer.render(earlier.path, before);
    const is = environment === undefined ? undefined : await renderer.render(environment.path, after);
    const either = environment ?? earlier;
    if (either !== undefined) diffs.push({ environment: either.name, path: either.path, ...unproven(is ?? was), ...compare(was, is) });
  }
  return diffs;
}

interface Pair {
  readonly environment: FoundEnvironment | undefined;
  readonly earlier: FoundEnvironment | undefined;
}

/** By name, so that one that moved to another folder is still the same; else by folder, for one that got a name. */
function paired(old: readonly FoundEnvironment[], now: readonly FoundEnvironment[]): readonly Pair[] {
  const pairs = now.map((environment): Pair => {
    const earlier = old.find(({ name }) => name === environment.name) ?? old.find(({ path }) => path === environment.path);
    return { environment, earlier };
  });
  const gone = old.filter((earlier) => pairs.every((pair) => pair.earlier !== earlier));
  return [...pairs, ...gone.map((earlier): Pair => ({ environment: undefined, earlier }))];
}

type Compared = EnvironmentDiff extends infer Diff
  ? Diff extends unknown
    ? Omit<Diff, 'environment' | 'path' | 'unproven'>
    : never
  : never;

function compare(was: RenderOutcome | undefined, is: RenderOutcome | undefined): Compared {
  if (is?.kind === 'failed') return failed('after', is);
  if (was?.kind === 'failed') return failed('before', was);
  const changes = diffObjects(objectsOf(was), objectsOf(is));
  if (was === undefined) return { kind: 'added', changes };
  if (is === undefined) return { kind: 'removed', changes };
  return changes.length === 0 ? { kind: 'unchanged' } : { kind: 'changed', changes };
}

function unproven(outcome: RenderOutcome | undefined): Pick<EnvironmentDiff, 'unproven'> {
  const found = outcome?.kind === 'rendered' ? unprovenObjects(outcome.objects) : [];
  return found.length === 0 ? {} : { unproven: found };
}

function objectsOf(outcome: Extract<RenderOutcome, { kind: 'rendered' }> | undefined): readonly JsonObject[] {
  return outcome?.objects ?? [];
}

function failed(side: 'before' | 'after', outcome: Extract<Awaited<ReturnType<Renderer['render']>>, { kind: 'failed' }>): Compared {
  const { message, fix } = renderFault(outcome);
  return { kind: 'failed', side, code: outcome.code, message, fix };
}
