import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileBundles } from '@fairlead/adapters/bundles';
import { systemClock } from '@fairlead/adapters/clock';
import { kubernetesClusters } from '@fairlead/adapters/cluster/kubernetes';
import { argoCdDelivery } from '@fairlead/adapters/delivery/argocd';
import { fluxDelivery } from '@fairlead/adapters/delivery/flux';
import { localForge } from '@fairlead/adapters/forge/local';
import { gitRepository } from '@fairlead/adapters/git';
import { ulidIds } from '@fairlead/adapters/ids';
import {
  openLog,
  postgresClaims,
  postgresEvidenceLog,
  postgresLeases,
  postgresLocalChanges,
  postgresStore,
  Sequencer,
} from '@fairlead/adapters/postgres';
import { testDatabase, type TestDatabase } from '@fairlead/adapters/postgres/testing';
import { wasmRenderer } from '@fairlead/adapters/renderer';
import { fileLogKey, fileSecretHash, fileSigner } from '@fairlead/adapters/signer';
import { httpValidator } from '@fairlead/adapters/validator/http';
import { ActorId, type Actor, type Digest, type Promotion, type PromotionId } from '@fairlead/domain';
import { registerRelease, type EnginePorts } from '@fairlead/engine';
import { startExampleWorld, type ExampleWorld } from '@fairlead/sandbox';
import { observeWorld } from '../drift/observe-world.ts';

const examples = join(import.meta.dirname, '../../examples');

/** A dead process's claim runs out after this. */
const claimMs = 400;

export const requester: Actor = { id: ActorId.parse('local:rae'), issuer: 'local', subject: 'rae', amr: [], kind: 'person', groups: [] };

/** The engine on real parts: PostgreSQL, Git over HTTP, kustomize, Kubernetes API and Argo CD of the sandbox. Nobody advances anything by itself. */
export interface EngineWorld extends AsyncDisposable {
  readonly ports: EnginePorts;
  readonly example: ExampleWorld;
  readonly database: TestDatabase;
}

/** `observed`: somebody looks at the cluster, as a server does; without that nothing gets ready. */
export async function startEngineWorld({ observed = true }: { readonly observed?: boolean } = {}): Promise<EngineWorld> {
  const stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'fl-e2e-'));
  await chmod(folder, 0o711);
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const database = stack.use(await testDatabase());
  const example = stack.use(
    await startExampleWorld({
      folder: join(folder, 'world'),
      example: join(examples, 'platform-control'),
      history: join(examples, 'history'),
    }),
  );
  const clock = systemClock();
  const git = stack.use(
    gitRepository({ name: 'env', url: example.repositoryUrl, mirrorDirectory: join(folder, 'mirror.git'), surroundings: process.env }),
  );
  const forge = localForge({ git, changes: postgresLocalChanges(database.database), url: ({ number }) => `local:env/${String(number)}` });
  const clusters = kubernetesClusters({ clusters: [{ name: 'sandbox', kubeconfig: { kind: 'file', path: example.kubeconfigPath } }] });
  const keys = join(folder, 'keys');
  const signer = await fileSigner({ directory: keys });
  const log = await openLog(database.database, await fileLogKey({ directory: keys }));
  const sequencer = stack.use(new Sequencer({ database: database.database, log, onError: console.error }));
  const appended = (): void => {
    sequencer.appended();
  };
  const covered = (record: Digest): Promise<void> => sequencer.covered(record);
  const ports: EnginePorts = {
    store: postgresStore({ database: database.database, log: { logId: log.logId, appended }, claimMs }),
    evidenceLog: postgresEvidenceLog({ database: database.database, log, recordKey: signer, covered }),
    bundles: fileBundles({ directory: join(folder, 'bundles') }),
    claims: postgresClaims({ database: database.database, worker: 'test', claimMs }),
    leases: postgresLeases({ database: database.database, holder: 'test', leaseMs: 15_000 }),
    signer,
    clock,
    ids: ulidIds(clock),
    renderer: stack.use(wasmRenderer()),
    delivery: { argocd: argoCdDelivery({ clusters }), flux: fluxDelivery({ clusters }) },
    cluster: clusters,
    repair: clusters,
    onFault: (error) => {
      console.error(error);
    },
    hashSecret: await fileSecretHash({ directory: keys }),
    http: httpValidator({ guard: { allow: Object.values(example.routes).map(({ address }) => address) } }),
    repositories: [{ name: 'env', branch: 'main', git, forge }],
  };
  for (const version of ['1.41.0', '1.42.0']) {
    await registerRelease(ports, await readFile(join(examples, 'history/releases', `${version}.yaml`), 'utf8'), requester);
  }
  await example.developer.merge('line/1.42.0', 'merge 1.42.0');
  if (observed) stack.use(await observeWorld(ports, 'test'));
  return { ports, example, database, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** The promotion as it is stored now. */
export async function storedPromotion({ ports }: EngineWorld, id: PromotionId): Promise<Promotion> {
  const promotion = await ports.store.read((reader) => reader.promotions.get(id));
  if (promotion === 'absent') throw new Error(`no promotion ${id}`);
  return promotion;
}
