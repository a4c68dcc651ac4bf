import { join } from 'node:path';
import { ulidIds } from '@fairlead/adapters/ids';
import { fileSecretHash, fileSigner } from '@fairlead/adapters/signer';
import { digestOf, EnvironmentId, type CommitSha, type JsonObject, type ObservedArgoCd } from '@fairlead/domain';
import type { Clock, Delivery, DriftPorts, Forge, WatchedTarget } from '@fairlead/engine';
import { memoryRemote } from '@fairlead/engine/testing';

const target = { controller: 'argocd', cluster: 'bench', namespace: 'argocd', name: 'shop' } as const;

/** The one environment that is measured. */
export const shop: WatchedTarget = { environment: EnvironmentId.parse('shop/prod'), target };

export interface ShopOptions {
  readonly desired: readonly JsonObject[];
  readonly folder: string;
  readonly clock: Clock;
  readonly looked?: () => void;
}

/** What an observer asks besides store and cluster: a controller that says that it has delivered, and a renderer that has rendered already. */
export async function deliveredShop({
  desired: objects,
  folder,
  clock,
  looked = () => undefined,
}: ShopOptions): Promise<Omit<DriftPorts, 'store' | 'leases' | 'cluster'>> {
  const remote = memoryRemote();
  const delivery = delivered(remote.pushForeign('main', documents));
  const directory = join(folder, 'keys');
  const digest = digestOf({});
  return {
    signer: await fileSigner({ directory }),
    ids: ulidIds(clock),
    clock,
    renderer: {
      render() {
        looked();
        return Promise.resolve({ kind: 'rendered', yaml: '', objects, inputs: [], versions: {}, digest });
      },
    },
    delivery: { argocd: delivery, flux: delivery },
    repositories: [{ name: 'env', branch: 'main', git: remote.open(), forge }],
    hashSecret: await fileSecretHash({ directory }),
  };
}

const documents = {
  '.fairlead/service.yaml': `apiVersion: fairlead.dev/v1
kind: Service
metadata: { name: shop }
spec:
  repository: https://git.example.com/shop
  source: { refs: [refs/heads/main] }
  environments: [prod]
  components: [{ name: web, image: registry.example.com/shop/web, required: true }]
`,
  '.fairlead/profiles/prod.yaml': 'apiVersion: fairlead.dev/v1\nkind: Profile\nmetadata: { name: prod }\nspec: {}\n',
  '.fairlead/environments/prod.yaml': `apiVersion: fairlead.dev/v1
kind: Environment
metadata: { name: prod }
spec:
  tier: production
  path: environments/prod
  profile: prod
  delivery: { controller: argocd, targets: [{ cluster: bench, namespace: argocd, application: shop }] }
`,
};

const unused = (): never => {
  throw new Error('not measured');
};

const forge: Forge = {
  capabilities: { reviewedSha: false, reviews: false },
  openChange: unused,
  readChange: unused,
  mergeChange: unused,
  closeChange: unused,
};

function delivered(commit: CommitSha): Delivery {
  const seen: ObservedArgoCd = {
    kind: 'observed',
    controller: 'argocd',
    target,
    uid: 'u',
    observedAt: '',
    raw: digestOf({}),
    operationPending: false,
    sync: { status: 'Synced', revisions: [commit] },
    comparedToSpec: true,
    health: { status: 'Healthy' },
    conditions: [],
    resources: [],
    source: { repository: '', path: '', targetRevision: 'main' },
    destination: { namespace: 'shop' },
    automatedSync: false,
    vendor: {},
  };
  return {
    capabilities: {
      manualSync: true,
      syncToRevision: true,
      partialSync: true,
      actorInHistory: true,
      windows: true,
      driftWhilePaused: true,
      continuousHealth: true,
      hooks: true,
    },
    observe: () => Promise.resolve(seen),
    requestSync: unused,
    requestRefresh: unused,
    watch: unused,
    discover: unused,
    setSuspended: unused,
  };
}
