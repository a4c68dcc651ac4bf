import type { Checkout } from '@fairlead/adapters/git';
import { secretHash } from '@fairlead/adapters/signer';
import {
  type CommitSha,
  deliveryTargets,
  EnvironmentId,
  FairleadError,
  InvalidError,
  type DeliveryTarget,
  type DriftReport,
} from '@fairlead/domain';
import {
  scanDrift,
  shadowPlace,
  watchDrift,
  type FileSnapshot,
  type FoundEnvironment,
  type NotRendered,
  type Renderer,
  type ScanPorts,
  type ScanRequest,
  type ShadowPlace,
  type WatchingDrift,
  type WatchTold,
} from '@fairlead/engine';
import type { ClusterAccess } from '../cluster-access.ts';
import { localCluster, openClusterPorts, type ClusterPorts } from './cluster-ports.ts';

/** What is looked at, and what it is compared with. */
export interface ShadowRequest {
  readonly environment: FoundEnvironment;
  readonly access: ClusterAccess;
  /** Absent: what the controller has delivered, else the commit that is checked out. */
  readonly desired?: CommitSha | 'working-tree';
  /** Name of the controller object, where the environment has several in this cluster. */
  readonly target?: string;
  /** Namespaces where whatever nobody asked for is drift, beside those that the environment declares. */
  readonly owned: readonly string[];
  /** The API server is asked about each difference. */
  readonly confirm?: boolean;
}

/** A look at an environment in its cluster, without a server and without a write. */
export interface Shadow {
  /** For people: where desired comes from, and what could not be asked. */
  readonly notes: readonly string[];
  scan(): Promise<readonly DriftReport[]>;
  watch(tell: (target: string, told: WatchTold) => void): Promise<readonly WatchingDrift[]>;
}

interface Here {
  readonly checkout: Checkout | 'absent';
  readonly files: FileSnapshot;
  readonly renderer: Renderer;
}

interface Look {
  readonly request: ScanRequest;
  readonly notes: readonly string[];
}

/** Asks the controllers what they deliver; throws where a target's workloads are in another cluster, or what was delivered isn't in the checkout. */
export async function openShadow(here: Here, asked: ShadowRequest): Promise<Shadow> {
  const { declared } = asked.environment;
  // Every cluster that the environment names is the one that the command was pointed to.
  const named = declared === undefined ? [] : deliveryTargets(declared.environment).map(({ cluster }) => cluster);
  const ports = await openClusterPorts(asked.access, named);
  const targets = await targetsOf(ports, here, asked);
  const looks: Look[] = [];
  for (const target of targets) looks.push(await lookAt(here, asked, await resolved(ports, target)));
  const bare = { place: { target: localCluster, cluster: localCluster } } as const;
  if (looks.length === 0) looks.push(await lookAt(here, asked, { ...bare, notAsked: 'no controller object delivers this folder' }));
  const { cluster, dryRun } = ports;
  const scanPorts: ScanPorts = {
    cluster,
    ...(asked.confirm === true ? { dryRun } : {}),
    renderer: here.renderer,
    clock: { now: () => new Date() },
    hashSecret: secretHash(),
  };
  return {
    notes: looks.flatMap(({ notes }) => notes),
    async scan() {
      const reports: DriftReport[] = [];
      for (const { request } of looks) reports.push(...rendered(await scanDrift(scanPorts, request)).reports);
      return reports;
    },
    async watch(tell) {
      const watching: WatchingDrift[] = [];
      for (const { request } of looks) {
        for (const place of request.places) {
          const watched = await watchDrift(scanPorts, { request, place }, (told) => {
            tell(place.target, told);
          });
          watching.push(rendered(watched).watching);
        }
      }
      return watching;
    },
  };
}

async function targetsOf(
  ports: ClusterPorts,
  { checkout }: Here,
  { environment, target: named }: ShadowRequest,
): Promise<readonly DeliveryTarget[]> {
  const { declared, path } = environment;
  const origin = checkout === 'absent' ? undefined : checkout.origin;
  const targets =
    declared === undefined
      ? await discovered(ports, { path, repositories: origin === undefined ? [] : [origin] })
      : deliveryTargets(declared.environment);
  const chosen = targets.filter(({ name }) => named === undefined || name === named);
  if (named !== undefined && chosen.length === 0) {
    const hint = targets.length === 0 ? 'leave --target out' : `its targets: ${targets.map(({ name }) => name).join(', ')}`;
    throw new InvalidError('target-unknown', `environment ${environment.name} has no target ${named}`, { hint });
  }
  const clusters = new Set(chosen.map(({ cluster }) => cluster));
  if (clusters.size <= 1) return chosen;
  const hint = `name one: --target ${chosen[0]?.name ?? ''}`;
  throw new InvalidError('several-clusters', `environment ${environment.name} is in several clusters: ${[...clusters].join(', ')}`, {
    hint,
  });
}

/** Nothing is declared: whatever delivers the folder from this repository. A controller that isn't there delivers nothing. */
async function discovered(
  { delivery }: ClusterPorts,
  source: Parameters<ClusterPorts['delivery']['argocd']['discover']>[1],
): Promise<readonly DeliveryTarget[]> {
  const found = await Promise.all(
    [delivery.argocd, delivery.flux].map((controller) => controller.discover(localCluster, source).catch(notThere)),
  );
  return found.flat().map(({ target }) => target);
}

function notThere(error: unknown): readonly [] {
  if (error instanceof FairleadError) return [];
  throw error;
}

async function resolved(ports: ClusterPorts, target: DeliveryTarget): Promise<ShadowPlace> {
  const place = await shadowPlace(ports, target);
  if (!('unresolved' in place)) return place;
  throw new InvalidError('workloads-elsewhere', `${target.name} delivers to another cluster: ${place.unresolved}`, {
    hint: 'give the kubeconfig of that cluster',
  });
}

async function lookAt(
  here: Here,
  { environment, desired, owned }: ShadowRequest,
  { place, delivered, notAsked, notIgnored = [] }: ShadowPlace,
): Promise<Look> {
  const { declared, path, name } = environment;
  const source = await sourceOf(here, desired ?? delivered);
  const of = desired === undefined && delivered !== undefined ? ', which is delivered' : '';
  const namespaces = declared?.environment.spec.namespaces ?? [];
  const request: ScanRequest = {
    environment: EnvironmentId.parse(declared === undefined ? undeclared(path) : name),
    path,
    files: source.files,
    commit: source.commit,
    namespaces: [...namespaces.map((namespace) => namespace.name), ...owned],
    ownedNamespaces: [...namespaces.flatMap((namespace) => (namespace.owned ? [namespace.name] : [])), ...owned],
    places: [place],
    ...(declared === undefined ? {} : { policy: declared.policy }),
  };
  const compared = `${place.target}: compared with ${sourceName(source.commit)}${of}`;
  const asked = notAsked === undefined ? [] : [`${place.target}: its controller was not asked: ${notAsked}`];
  const ignored = notIgnored.map(({ rule, message }) => `${place.target}: ${rule} is not followed: ${message}`);
  return { request, notes: [...asked, ...ignored, compared] };
}

function sourceName(commit: CommitSha | 'working-tree'): string {
  return commit === 'working-tree' ? 'the working tree' : `commit ${commit.slice(0, 12)}`;
}

/** A folder of no service stands for its environment. */
function undeclared(path: string): string {
  const last = path.split('/').at(-1) ?? '';
  const name = last
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  return `undeclared/${name === '' ? 'root' : name}`;
}

async function sourceOf(
  { checkout, files }: Here,
  wanted: CommitSha | 'working-tree' | undefined,
): Promise<{ readonly files: FileSnapshot; readonly commit: CommitSha | 'working-tree' }> {
  if (checkout === 'absent' || wanted === 'working-tree') return { files, commit: 'working-tree' };
  const commit = wanted ?? checkout.head;
  if (commit === 'absent') return { files, commit: 'working-tree' };
  if ((await checkout.resolve(commit)) !== 'absent') return { files: await checkout.snapshot(commit), commit };
  throw new InvalidError('commit-not-here', `commit ${commit}, which is delivered, is not in this checkout`, {
    hint: 'fetch it: git fetch origin; or compare with something else: --commit COMMIT',
  });
}

function rendered<T extends { readonly kind: string }>(outcome: T | NotRendered): T {
  if (!isNotRendered(outcome)) return outcome;
  throw new InvalidError(outcome.code, outcome.message, { hint: outcome.fix });
}

function isNotRendered(outcome: { readonly kind: string }): outcome is NotRendered {
  return outcome.kind === 'not-rendered';
}
