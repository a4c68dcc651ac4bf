import { join } from 'node:path';
import { createHash } from 'node:crypto';

import { destinationNamespace } from '../application/application.ts';
import { normaliseTargets, type NormalisedTargets } from '../application/normalise-targets.ts';
import { type Cluster } from '../cluster/cluster.ts';
import { listAt, textAt, type JsonObject } from '../../json/json.ts';
import { nameOf, type KubeObject } from '../../kube/kube-object.ts';
import { gitMirror, SourceError, type GitMirror, type RepositoryAccess } from '../../source/git-mirror.ts';
import { loadTarget, type TargetManifests } from '../source/load-target.ts';
import { type Render } from '../../source/render.ts';
import { type SourceType } from '../source/source-kind.ts';

interface LoadRequest {
  readonly application: KubeObject;
  readonly trackingName: string;
  readonly cluster: Cluster;
  readonly source: JsonObject;
  /** A branch, a tag or a full SHA. */
  readonly revision: string;
  /** Render again even what was rendered before. */
  readonly hard?: boolean;
}

export type Loaded =
  | ({ readonly kind: 'loaded'; readonly revision: string; readonly sourceType: SourceType } & NormalisedTargets)
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
  const renders = new Map<string, Promise<TargetManifests>>();
  const fingerprints = new Map<string, string>();

  const mirrorOf = (url: string): GitMirror => {
    const name = createHash('sha256').update(url).digest('hex').slice(0, 16);
    const mirror = mirrors.get(url) ?? gitMirror(join(folder, name), repositories.find((access) => access.url === url) ?? { url });
    mirrors.set(url, mirror);
    return mirror;
  };
  const renderOnce = async (request: LoadRequest, mirror: GitMirror, commit: string): Promise<TargetManifests> => {
    const { application, source } = request;
    const namespace = destinationNamespace(application);
    const key = JSON.stringify([commit, source, nameOf(application), namespace]);
    if (request.hard === true) renders.delete(key);
    const rendering =
      renders.get(key) ??
      mirror.files(commit).then((files) => loadTarget({ application: nameOf(application), namespace, source, files, render }));
    renders.set(key, rendering);
    rendering.catch(() => renders.delete(key));
    for (const oldest of renders.keys()) {
      if (renders.size <= maxRenders) break;
      renders.delete(oldest);
    }
    return rendering;
  };

  return {
    async load(request) {
      try {
        refuseSeveralSources(request.application);
        const mirror = mirrorOf(textAt(request.source, 'repoURL') ?? '');
        const revision = await mirror.resolve(request.revision);
        const { sourceType, objects } = await renderOnce(request, mirror, revision);
        const { trackingName: application, cluster } = request;
        const scope = { application, destinationNamespace: destinationNamespace(request.application), discovery: cluster.discovery };
        return { kind: 'loaded', revision, sourceType, ...(await normaliseTargets(objects, scope)) };
      } catch (error) {
        return { kind: 'failed', message: failureMessage(error) };
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

/** Said, not passed over: an application with several sources would seem to be delivered by its first. */
function refuseSeveralSources(application: KubeObject): void {
  if (listAt(application, 'spec', 'sources').length > 0) throw new SourceError('the sandbox renders one source only, not spec.sources');
}

function failureMessage(error: unknown): string {
  const detail = error instanceof Error ? error.message : String(error);
  const source = `failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = ${detail}`;
  return `Failed to load target state: ${error instanceof SourceError ? source : detail}`;
}
