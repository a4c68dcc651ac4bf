import { findRepository, folderFiles, type Checkout } from '@fairlead/adapters/git';
import { threadEvaluator } from '@fairlead/adapters/evaluator';
import { sigstoreAttestor } from '@fairlead/adapters/signatures';
import { rendererVersions, wasmRenderer } from '@fairlead/adapters/renderer';
import { FairleadError, type CapturedComponents, type CommitSha, type Problem } from '@fairlead/domain';
import {
  captureComponents,
  checkTree,
  compareRender,
  diffEnvironments,
  findEnvironments,
  type Checked,
  type ComparedRender,
  type Cluster,
  type EnvironmentDiff,
  type FoundEnvironment,
  type WatchingDrift,
  type WatchTold,
  type Registry,
  type RenderOutcome,
} from '@fairlead/engine';
import type { Terminal } from '../terminal.ts';
import { resolveContractOf, type NamedManifest, type ResolvedContract } from './wire/resolve-contract.ts';
import { keptReleasesOf, type KeptReleases } from './wire/kept-releases.ts';
import { cachedVerdict } from './wire/verdict-cache.ts';
import { programIdentity } from './wire/program-identity.ts';
import { openRemoteBases } from './wire/remote-bases.ts';
import { sourceHistory } from './wire/source-history.ts';
import { openShadow, type Shadow, type ShadowRequest } from './wire/shadow.ts';
import { cacheFolder } from './cache-folder.ts';
import type { ClusterAccess } from './cluster-access.ts';
import { findPlace, type Place } from './find-place.ts';

export type { Checked, Checkout, EnvironmentDiff, FoundEnvironment, ShadowRequest, WatchingDrift, WatchTold };

export type DeclaredEnvironment = FoundEnvironment & Required<Pick<FoundEnvironment, 'declared'>>;

/** A checkout, or a folder without Git, at the place that a command was pointed to. Nothing in it is ever written. */
export interface LocalWorld extends Place, AsyncDisposable {
  readonly checkout: Checkout | 'absent';
  render(): Promise<RenderOutcome>;
  /** With what another program rendered. */
  compare(theirs: string): Promise<ComparedRender>;
  /** `fresh`: whatever is known from before. `registry`: is asked for what it keeps. */
  check(how?: { readonly fresh: boolean; readonly registry?: Registry }): Promise<Checked>;
  diff(since: CommitSha | 'nothing'): Promise<readonly EnvironmentDiff[]>;
  /** At or below the place. */
  environments(): Promise<readonly FoundEnvironment[]>;
  /** What a declared environment wants and, where a cluster is given, runs. */
  capture(environment: DeclaredEnvironment, access: ClusterAccess | undefined): Promise<CapturedComponents>;
  /** What is wrong with documents of service roots around; an environment of such a root isn't found. */
  documentProblems(): Promise<readonly Problem[]>;
  /** The manifests that its service root keeps: those that `named` means, else the one that the environment has. */
  releases(environment: DeclaredEnvironment, named: string | undefined): Promise<KeptReleases>;
  /** What a declared environment with a release has to be. */
  resolveContract(environment: DeclaredEnvironment, release: NamedManifest): Promise<ResolvedContract>;
  /** Looks at an environment in its cluster. */
  shadow(request: ShadowRequest): Promise<Shadow>;
}

export async function openWorld(terminal: Terminal, path = '.'): Promise<LocalWorld> {
  const found: { checkout: Checkout | 'absent' } = { checkout: 'absent' };
  const place = await findPlace(terminal.cwd, path, async (directory) => {
    found.checkout = await findRepository(directory, terminal.env).catch(withoutGit);
    return found.checkout === 'absent' ? undefined : found.checkout.root;
  });
  const { checkout } = found;
  const files = checkout === 'absent' ? folderFiles(place.root) : checkout.files();
  const remoteBases = openRemoteBases(terminal);
  const renderer = wasmRenderer({ remoteBases });
  const evaluator = threadEvaluator();
  const attestor = sigstoreAttestor();
  return {
    ...place,
    checkout,
    render: () => renderer.render(place.path, files),
    compare: (theirs) => compareRender(renderer, { path: place.path, files, theirs }),
    check(how) {
      // What a registry says today it need not say tomorrow.
      const folder = how?.fresh === true || how?.registry !== undefined ? undefined : cacheFolder(terminal, 'check');
      const state = checkout === 'absent' ? 'no repository' : JSON.stringify([checkout.head, checkout.defaultBranch, checkout.origin]);
      return cachedVerdict({ folder, subject: JSON.stringify([place.root, place.path]), state, files, identify: programIdentity }, (read) =>
        checkTree(
          { renderer, evaluator, attestor, ...sourceHistory(checkout), ...(how?.registry === undefined ? {} : { registry: how.registry }) },
          { files: read, path: place.path, configuration: { source: 'working-tree' } },
        ),
      );
    },
    async diff(since) {
      const before = checkout === 'absent' || since === 'nothing' ? 'nothing' : await checkout.snapshot(since);
      return diffEnvironments({ renderer }, { before, after: files, path: place.path });
    },
    environments: async () => (await findEnvironments(files, place.path)).environments,
    async capture(environment, access) {
      const live = access === undefined ? {} : { live: { cluster: await clusterOf(access), name: localCluster } };
      return captureComponents(renderer, { environment, files, ...live });
    },
    async documentProblems() {
      const { services } = await findEnvironments(files, place.path);
      return services.flatMap((service) => (service.kind === 'invalid' ? service.problems : []));
    },
    releases: (environment, named) => keptReleasesOf(files, environment, named),
    resolveContract: (environment, release) => resolveContractOf(files, environment, release),
    shadow: (request) => openShadow({ checkout, files, renderer }, request),
    async [Symbol.asyncDispose]() {
      await renderer[Symbol.asyncDispose]();
      await remoteBases[Symbol.asyncDispose]();
      await evaluator[Symbol.asyncDispose]();
      await attestor[Symbol.asyncDispose]();
      if (checkout !== 'absent') await checkout[Symbol.asyncDispose]();
    },
  };
}

/** The name of the one cluster that a command was pointed to. */
const localCluster = 'kubeconfig';

/** The client is loaded only where there is a cluster to speak to. */
async function clusterOf({ kubeconfig: path, context, allowExec }: ClusterAccess): Promise<Cluster> {
  const { kubernetesClusters } = await import('@fairlead/adapters/cluster/kubernetes');
  const kubeconfig = { kind: 'file', path } as const;
  return kubernetesClusters({ clusters: [{ name: localCluster, kubeconfig, allowExec, ...(context === undefined ? {} : { context }) }] });
}

export { rendererVersions };

/** The renderer's versions, once it has rendered here. */
export async function loadedRenderer(): Promise<Readonly<Record<string, string>>> {
  await using renderer = wasmRenderer();
  await renderer.warm();
  return await rendererVersions();
}

/** The version of the PostgreSQL programs that a server would start. */
export async function bundledPostgres(): Promise<string> {
  const { bundledVersion } = await import('@fairlead/adapters/postgres');
  return bundledVersion();
}

/** Rendering and checking need no Git; it only widens what may be read. */
function withoutGit(error: unknown): 'absent' {
  if (error instanceof FairleadError && error.code === 'git-missing') return 'absent';
  throw error;
}
