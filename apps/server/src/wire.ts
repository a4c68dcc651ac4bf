import { join } from 'node:path';
import { fileBundles } from '@fairlead/adapters/bundles';
import { systemClock } from '@fairlead/adapters/clock';
import { ulidIds } from '@fairlead/adapters/ids';
import {
  openLog,
  postgresClaims,
  postgresEvidenceLog,
  postgresLeases,
  postgresStore,
  PromotionWakes,
  Sequencer,
  type Database,
} from '@fairlead/adapters/postgres';
import { wasmRenderer } from '@fairlead/adapters/renderer';
import { fileLogKey, fileSecretHash, fileSigner } from '@fairlead/adapters/signer';
import { httpValidator } from '@fairlead/adapters/validator/http';
import type { Installation, PromotionId } from '@fairlead/domain';
import type { EnginePorts } from '@fairlead/engine';
import { dataDirOf } from './config/config.ts';
import type { Environment } from './config/env.ts';
import type { AppOptions } from './http/app.ts';
import type { Log } from './log.ts';
import { clustersOf } from './wire/clusters.ts';
import { deliveriesOf } from './wire/deliveries.ts';
import { databaseOf } from './wire/database.ts';
import { refuseUnsupported } from './wire/refuse-unsupported.ts';
import { repositoryOf } from './wire/repositories.ts';

/** How long a claim lives after each write under it: longer than any effect takes. */
const claimMs = 60_000;

/** After how long without a sign of life another server takes over what one alone does. */
const leaseMs = 15_000;

export interface Wired extends Pick<AppOptions, 'ports' | 'evidenceLog' | 'ready'> {
  readonly ports: EnginePorts;
  /** Of this process, in leases and records. */
  readonly name: string;
  readonly dataDir: string;
  /** Hands promotions that are due to `handle` until it is disposed of. */
  startWakes(handle: (id: PromotionId) => Promise<unknown>): AsyncDisposable;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The composition root: the only place that knows vendors. What was started is stopped again if a later part fails. */
export async function wire(installation: Installation, env: Environment, log: Log): Promise<Wired> {
  const stack = new AsyncDisposableStack();
  try {
    return await compose({ installation, env, log, stack });
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

interface Composing {
  readonly installation: Installation;
  readonly env: Environment;
  readonly log: Log;
  readonly stack: AsyncDisposableStack;
}

async function compose({ installation, env, log, stack }: Composing): Promise<Wired> {
  const dataDir = dataDirOf(installation, env);
  const keys = join(dataDir, 'keys');
  refuseUnsupported(installation);
  const clusters = await clustersOf(installation, env);
  const database = await databaseOf({ installation, dataDir, env, log, stack });
  const signer = await fileSigner({ directory: keys });
  const openedLog = await openLog(database, await fileLogKey({ directory: keys }));
  const onError = (error: unknown): void => {
    log('ledger-failed', { error });
  };
  const sequencer = stack.use(new Sequencer({ database, log: openedLog, onError }));
  const appended = (): void => {
    sequencer.appended();
  };
  const clock = systemClock();
  const ids = ulidIds(clock);
  const name = `server-${String(process.pid)}-${ids.opaque()}`;
  const renderer = stack.use(wasmRenderer());
  const ports: EnginePorts = {
    store: postgresStore({ database, log: { logId: openedLog.logId, appended }, claimMs }),
    claims: postgresClaims({ database, worker: `server-${String(process.pid)}`, claimMs }),
    leases: postgresLeases({ database, holder: name, leaseMs }),
    signer,
    evidenceLog: postgresEvidenceLog({ database, log: openedLog, recordKey: signer, covered: (record) => sequencer.covered(record) }),
    bundles: fileBundles({ directory: join(dataDir, 'bundles') }),
    clock,
    ids,
    renderer,
    delivery: deliveriesOf(clusters, log),
    cluster: clusters,
    repair: clusters,
    http: httpValidator({ guard: installation.spec.guard }),
    hashSecret: await fileSecretHash({ directory: keys }),
    onFault: (error, promotion) => {
      log('step-failed', { promotion, error });
    },
    repositories: await Promise.all(
      installation.spec.repositories.map((repository) => repositoryOf(repository, { database, dataDir, env })),
    ),
  };
  return {
    ports,
    name,
    dataDir,
    evidenceLog: ports.evidenceLog,
    ready: () => answers(database),
    startWakes: (handle) =>
      new PromotionWakes({
        database,
        handle,
        concurrency: 8,
        onError: (error, id) => {
          log('advance-failed', { id, error });
        },
      }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

async function answers(database: Database): Promise<boolean> {
  try {
    await database.pool.query('select 1');
    return true;
  } catch {
    return false;
  }
}
