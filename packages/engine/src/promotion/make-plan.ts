import {
  assemblePlan,
  digestOf,
  FreeMap,
  isHelmRender,
  objectRefOf,
  planEdits,
  plannedPaths,
  problemBlocker,
  type Blocker,
  type CommitSha,
  type EditsInput,
  type EnvironmentId,
  type ObjectRef,
  type Plan,
  type PlanProblem,
  type PlannedPaths,
  type ReleaseArtifact,
  RepoPath,
  type UnprovenRender,
} from '@fairlead/domain';
import { editedSnapshot } from '../desired-state/edited-snapshot.ts';
import { mappedValues, overlayOf, textAt } from '../desired-state/overlay-text.ts';
import { folderDigest } from '../desired-state/folder-digest.ts';
import type { EnginePorts } from '../engine-ports.ts';
import type { TreeSnapshot } from '../ports/file-snapshot.ts';
import type { RenderOutcome } from '../ports/renderer.ts';
import type { NamedRelease } from '../release/release-named.ts';
import type { EnvironmentConfiguration } from '../service/environment-configuration.ts';

/** What planning reads of an environment's configuration. */
interface PlanningConfiguration extends Pick<
  EnvironmentConfiguration,
  'commit' | 'root' | 'digest' | 'service' | 'environment' | 'policy'
> {
  readonly repository: { readonly git: { snapshot(commit: CommitSha): Promise<TreeSnapshot> } };
}

export interface ToPlan {
  readonly configuration: PlanningConfiguration;
  /** The files to edit. Absent: those of the configuration's commit. */
  readonly files?: TreeSnapshot;
  readonly release: NamedRelease;
  readonly environment: EnvironmentId;
  /** What the environment was last given. What changed on the branch since is then part of the plan, too: the sync brings it, and deletes
   *  what it removed. Absent: nothing yet. */
  readonly given?: CommitSha;
  /** By what else than the commit its controllers render. */
  readonly unproven?: readonly UnprovenRender[];
}

export type MadePlan =
  | { readonly kind: 'planned'; readonly plan: Plan; readonly objects: readonly ObjectRef[] }
  | { readonly kind: 'blocked'; readonly blockers: readonly Blocker[] };

/** Plans the edits on the protected branch's head, renders what the environment was given and what it will get, and joins them. Writes nothing. */
export async function makePlan(ports: Pick<EnginePorts, 'renderer'>, request: ToPlan, now: Date): Promise<MadePlan> {
  const { configuration, release } = request;
  const files = request.files ?? (await configuration.repository.git.snapshot(configuration.commit));
  const input = await editsInput(files, request);
  const { edits, problems } = planEdits(input);
  if (problems.length > 0) return blocked(problems, now);

  const path = pathsOf(request).environment;
  const head = await ports.renderer.render(path, files);
  const source = await configuration.repository.git.snapshot(release.manifest.source.commit);
  const after = await ports.renderer.render(path, editedSnapshot(files, edits, source));
  if (after.kind === 'failed') return blocked([notRenderable('after', path, after.message)], now);
  const isNew = input.reference.text === undefined;
  if (head.kind === 'failed' && !isNew) return blocked([notRenderable('before', path, head.message)], now);
  const before = await renderGiven(ports, request, head);

  const { service, policy } = configuration;
  const { metadata, schema } = release.manifest;
  const plan = assemblePlan({
    kind: 'release',
    service: service.metadata.name,
    environment: request.environment,
    release: { digest: release.digest, version: metadata.version, commit: release.manifest.source.commit },
    migrations: schema?.migrations ?? [],
    unproven: request.unproven ?? [],
    base: configuration.commit,
    edits,
    before: before.kind === 'failed' ? 'absent' : before,
    after,
    renderer: after.versions,
    decidedBy: {
      closure: digestOf(head.inputs.map(({ path: read, kind, digest }) => [read, kind, digest ?? null])),
      configuration: configuration.digest,
      policy: digestOf(FreeMap.parse(policy)),
    },
    at: now,
  });
  return { kind: 'planned', plan, objects: after.objects.map(objectRefOf) };
}

/** Where that no longer renders, as with another kustomize, the head has to do: a deletion that this misses is refused at the sync. */
async function renderGiven({ renderer }: Pick<EnginePorts, 'renderer'>, request: ToPlan, head: RenderOutcome): Promise<RenderOutcome> {
  if (request.given === undefined) return head;
  const given = await renderer.render(pathsOf(request).environment, await request.configuration.repository.git.snapshot(request.given));
  return given.kind === 'rendered' ? given : head;
}

function pathsOf({ configuration, release }: ToPlan): PlannedPaths {
  const { root, service, environment } = configuration;
  return plannedPaths(root, { service, environment, release: release.digest });
}

async function editsInput(files: TreeSnapshot, request: ToPlan): Promise<EditsInput> {
  const { configuration, release } = request;
  const paths = pathsOf(request);
  const { service, environment } = configuration;
  const overlay = await overlayOf(files, paths.environment);
  const base = await baseOf(request, isHelmRender(overlay.path) ? 'helm-chart' : 'kustomize-base');
  return {
    service,
    environment,
    release: { manifest: release.manifest, digest: release.digest, text: release.text },
    overlay,
    mapped: await mappedValues(files, overlay),
    reference: await textAt(files, paths.reference),
    values: await textAt(files, paths.values),
    manifest: await textAt(files, paths.manifest),
    pinned: { folder: paths.pinned, files: await files.files(paths.pinned) },
    ...(base === undefined ? {} : { base }),
  };
}

/** The release's base as it was at the commit that it was built from, wherever the branch is now. */
async function baseOf({ configuration, release }: ToPlan, kind: ReleaseArtifact['type']): Promise<EditsInput['base']> {
  const artifact = (release.manifest.artifacts ?? []).find(({ type, path }) => type === kind && path !== undefined);
  if (artifact?.path === undefined) return undefined;
  const folder = RepoPath.parse(configuration.root === '' ? artifact.path : `${configuration.root}/${artifact.path}`);
  const source = await configuration.repository.git.snapshot(release.manifest.source.commit);
  const digest = await folderDigest(source, folder);
  return { folder, files: await source.files(folder), ...(digest === 'absent' ? {} : { digest }) };
}

function notRenderable(which: 'before' | 'after', path: RepoPath, message: string): PlanProblem {
  const fix = which === 'after' ? 'repair the overlay so that it renders with the release' : 'repair the overlay on the protected branch';
  return { code: `${which}-not-renderable`, path, message: `${path} does not render ${which} the change: ${message}`, fix };
}

function blocked(problems: readonly PlanProblem[], now: Date): MadePlan {
  return { kind: 'blocked', blockers: problems.map((problem) => problemBlocker(problem, now)) };
}
