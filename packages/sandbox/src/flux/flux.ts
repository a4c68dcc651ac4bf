import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { textAt } from '../json/json.ts';
import { discovery } from '../kube/discovery.ts';
import { eventRecorder, type RecordEvent } from '../kube/event-recorder.ts';
import { kubeClient } from '../kube/kube-client.ts';
import { type KubeObject } from '../kube/kube-object.ts';
import { type RepositoryAccess } from '../source/git-mirror.ts';
import { ownOrGiven } from '../source/own-or-given.ts';
import { type Render } from '../source/render.ts';
import { type FluxContext } from './controller/flux-context.ts';
import { controlKind, type KindController } from './controller/kind-controller.ts';
import { requestSources } from './controller/request-sources.ts';
import { startKustomizeController } from './kustomization/kustomize-controller.ts';
import { sourceVersion } from './source/source-version.ts';
import { ArtifactStore } from './source/artifact-store.ts';
import { mirrors } from './source/mirrors.ts';
import { gitSource } from './source/git-source.ts';
import { ociSource, type PullArtifact } from './source/oci-source.ts';
import { reconcileSource } from './source/reconcile-source.ts';
import { type SourceKind } from './source/source-kind.ts';
import { startHelmController } from './helm/helm-controller.ts';

export interface FluxOptions {
  /** Of the cluster that holds Flux's objects, and that is delivered to. */
  readonly kubeconfig: string;
  /** Credentials, where a repository asks for them. */
  readonly repositories?: readonly RepositoryAccess[];
  /** Where OCIRepositories get their artifacts; without it they fail, as with a registry that has nothing. */
  readonly pullArtifact?: PullArtifact;
  /** Between two looks at health, at dependencies, and before the first retry. */
  readonly pollMs?: number;
  /** Intervals that objects declare are at most this long: a source then looks for news, and drift is corrected, that often. */
  readonly maxIntervalMs?: number;
  /** Time-outs that objects declare are at most this long. */
  readonly maxTimeoutMs?: number;
  /** An own `@fairlead/renderer` by default. */
  readonly render?: Render;
  readonly now?: () => Date;
}

export interface Flux extends AsyncDisposable {
  /** Asks all sources to look for news, as a Receiver does when a repository calls its webhook. */
  notifyPush(): Promise<void>;
}

const defaults = { pollMs: 200, maxIntervalMs: Infinity, maxTimeoutMs: Infinity };

/** Flux's controllers as far as an outsider sees them: clients of a Kubernetes API that has the Flux definitions. */
export async function startFlux(options: FluxOptions): Promise<Flux> {
  const { pollMs, maxIntervalMs, maxTimeoutMs } = { ...defaults, ...options };
  const stop = new AbortController();
  const { signal } = stop;
  const client = await kubeClient(options.kubeconfig, 'flux/sandbox');
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-flux-'));
  const rendering = ownOrGiven(options.render);
  const repositories = mirrors(folder, options.repositories ?? []);
  const now = options.now ?? ((): Date => new Date());
  const recorder = (component: string): RecordEvent => eventRecorder({ client, component, now });
  const context: FluxContext = {
    client,
    discovery: discovery(client),
    artifacts: new ArtifactStore(),
    mirrors: repositories,
    render: rendering.render,
    pace: { pollMs, maxIntervalMs: maxIntervalMs, maxTimeoutMs },
    now,
    signal,
    record: {
      source: recorder('source-controller'),
      kustomize: recorder('kustomize-controller'),
      helm: recorder('helm-controller'),
    },
  };
  const pull = options.pullArtifact ?? ((): Promise<undefined> => Promise.resolve(undefined));
  const controllers = await startControllers(context, [gitSource, ociSource(pull)]);
  return {
    notifyPush: () => requestSources(client, now),
    async [Symbol.asyncDispose]() {
      stop.abort();
      await Promise.all(controllers.map(({ ended }) => ended()));
      await repositories[Symbol.asyncDispose]();
      await rendering.end();
      client.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startControllers(context: FluxContext, kinds: readonly SourceKind[]): Promise<readonly KindController[]> {
  const kustomize = await startKustomizeController(context);
  const helm = await startHelmController(context);
  const sources = kinds.map((kind) =>
    controlKind(context, {
      apiVersion: sourceVersion,
      kind: kind.kind,
      fieldManager: 'source-controller',
      reconcile: (draft) => reconcileSource({ context, draft, kind }),
      onChange: (source, before) => {
        if (before === undefined || revisionOf(source) === undefined || revisionOf(source) === revisionOf(before)) return;
        kustomize.onRevision(source);
        helm.onRevision(source);
      },
    }),
  );
  return [kustomize, helm, ...(await Promise.all(sources))];
}

function revisionOf(source: KubeObject): string | undefined {
  return textAt(source, 'status', 'artifact', 'revision');
}
