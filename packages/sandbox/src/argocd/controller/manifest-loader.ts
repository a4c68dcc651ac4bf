import { join } from 'node:path';
import { createHash } from 'node:crypto';

import { isReference, type AppSources } from '../application/app-sources.ts';
import { destinationNamespace } from '../application/application.ts';
import { normaliseTargets, type NormalisedTargets } from '../application/normalise-targets.ts';
import { type Cluster } from '../cluster/cluster.ts';
import { textAt, type JsonObject } from '../../json/json.ts';
import { nameOf, type KubeObject } from '../../kube/kube-object.ts';
import { gitMirror, SourceError, type GitMirror, type RepositoryAccess } from '../../source/git-mirror.ts';
import { loadTarget, type TargetManifests } from '../source/load-target.ts';
import { type Render } from '../../source/render.ts';
import { type SourceType } from '../source/source-kind.ts';

interface LoadRequest {
  readonly application: KubeObject;
  readonly trackingName: string;
  readonly cluster: Cluster;
  readonly sources: AppSources;
  /** A branch, a tag or a full SHA for each of them. */
  readonly revisions: readonly string[];
  /** Render again even what was rendered before. */
  readonly hard?: boolean;
}

export type Loaded =
  | ({ readonly kind: 'loaded'; readonly revisions: readonly string[]; readonly sourceTypes: readonly SourceType[] } & NormalisedTargets)
  | { readonly kind: 'failed'; readonly message: string };

/** Fetches and renders sources; keeps what it rendered by commit. */
export interface ManifestLoader extends AsyncDisposable {
  load(request: LoadRequest): Promise<Loaded>;
  /** Whether a repository's refs differ from the last time this was asked. */
  hasMoved(repository: string): Promise<boolean>;
}

export interface LoaderOptions {
  /** For mirrors of the repositories. */
  readonly folder: string;
  readonly repositories: readonly RepositoryAccess[];
  readonly render: Render;
}

const maxRenders = 500;

export function manifestLoader({ folder, repositories, render }: LoaderOptions): ManifestLoader {
  const mirrors = new Map<string, GitMirror>();
  const mirrorOf = mirrorsIn(mirrors, { folder, repositories });
  const renders = keptRenders(maxRenders);
  const fingerprints = new Map<string, string>();

  const renderOnce = async (request: LoadRequest, source: JsonObject, commit: string): Promise<TargetManifests> => {
    const { application } = request;
    const namespace = destinationNamespace(application);
    const key = JSON.stringify([commit, source, nameOf(application), namespace]);
    const mirror = mirrorOf(textAt(source, 'repoURL') ?? '');
    return renders(key, request.hard === true, async () =>
      loadTarget({ application: nameOf(application), namespace, source, files: await mirror.files(commit), render }),
    );
  };
  const loadSource = async (request: LoadRequest, index: number): Promise<LoadedSource> => {
    const source = request.sources.sources[index] ?? {};
    try {
      refuseChart(source);
      const revision = await mirrorOf(textAt(source, 'repoURL') ?? '').resolve(request.revisions[index] ?? '');
      return isReference(source) ? { revision } : { revision, manifests: await renderOnce(request, source, revision) };
    } catch (error) {
      throw error instanceof SourceError ? new SourceError(failedSource(request.sources, index, error)) : error;
    }
  };

  return {
    async load(request) {
      try {
        const loaded = await Promise.all(request.sources.sources.map((_source, index) => loadSource(request, index)));
        return await together(request, loaded);
      } catch (error) {
        return { kind: 'failed', message: `Failed to load target state: ${error instanceof Error ? error.message : String(error)}` };
      }
    },
    async hasMoved(repository) {
      const before = fingerprints.get(repository);
      const now = await mirrorOf(repository)
        .fingerprint()
        .catch(() => before ?? '');
      fingerprints.set(repository, now);
      return before !== undefined && before !== now;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...mirrors.values()].map((mirror) => mirror[Symbol.asyncDispose]()));
    },
  };
}

function mirrorsIn(
  mirrors: Map<string, GitMirror>,
  { folder, repositories }: Pick<LoaderOptions, 'folder' | 'repositories'>,
): (url: string) => GitMirror {
  return (url) => {
    const name = createHash('sha256').update(url).digest('hex').slice(0, 16);
    const mirror = mirrors.get(url) ?? gitMirror(join(folder, name), repositories.find((access) => access.url === url) ?? { url });
    mirrors.set(url, mirror);
    return mirror;
  };
}

/** The last renders, by key; one that failed is tried again. */
function keptRenders(most: number): (key: string, anew: boolean, render: () => Promise<TargetManifests>) => Promise<TargetManifests> {
  const kept = new Map<string, Promise<TargetManifests>>();
  return (key, anew, render) => {
    if (anew) kept.delete(key);
    const rendering = kept.get(key) ?? render();
    kept.set(key, rendering);
    rendering.catch(() => kept.delete(key));
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
    return rendering;
  };
}

interface LoadedSource {
  readonly revision: string;
  /** Nothing of a source that only lends its files. */
  readonly manifests?: TargetManifests;
}

/** One application from all its sources; of what several declare, the last one counts. */
async function together({ application, trackingName, cluster }: LoadRequest, loaded: readonly LoadedSource[]): Promise<Loaded> {
  const manifests = loaded.flatMap((source) => source.manifests ?? []);
  const scope = { application: trackingName, destinationNamespace: destinationNamespace(application), discovery: cluster.discovery };
  return {
    kind: 'loaded',
    revisions: loaded.map(({ revision }) => revision),
    sourceTypes: manifests.map(({ sourceType }) => sourceType),
    ...(await normaliseTargets(
      manifests.flatMap(({ objects }) => objects),
      scope,
    )),
  };
}

/** Said, not passed over: without its chart an application would seem to be delivered by its other sources. */
function refuseChart(source: JsonObject): void {
  if ((textAt(source, 'chart') ?? '') !== '') throw new SourceError('the sandbox has no chart repositories');
}

function failedSource({ sources }: AppSources, index: number, { message }: SourceError): string {
  const place = `source ${String(index + 1)} of ${String(sources.length)}`;
  return `failed to generate manifest for ${place}: rpc error: code = Unknown desc = ${message}`;
}
