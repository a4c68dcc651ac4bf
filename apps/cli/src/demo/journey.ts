import { ApiError } from '@fairlead/api';
import { EnvironmentId, type Blocker, type EnvironmentStatus, type Promotion } from '@fairlead/domain';
import { clusterHand, exampleEnvironments, type ExampleEnvironment } from '@fairlead/sandbox';
import { service, type Cast } from './cast.ts';
import { driftChapter } from './drift-chapter.ts';
import { follow, short, shortened } from './follow.ts';
import { promote, promoteWithApproval, start, waitsForApproval } from './promote-on-stage.ts';
import { proofChapter } from './proof-chapter.ts';
import { statusWhen } from './status-when.ts';

export interface Played {
  /** The promotions that went all the way. */
  readonly done: readonly Promotion[];
  /** The one that waits for two people. */
  readonly waiting: Promotion;
}

/** Two releases through dev and staging, one to the door of prod, one that is refused. */
export async function playJourney(cast: Cast): Promise<Played> {
  const { stage } = cast;
  stage.chapter('1.41.0 to dev-control-rke2, which asks nobody');
  const firstDev = await promote(cast, { version: '1.41.0', to: 'dev-control-rke2' });

  stage.chapter('1.41.0 to staging, which asks for one approval by somebody else');
  const firstStaging = await promoteWithApproval(cast, { version: '1.41.0', to: 'staging' });

  stage.chapter('A developer merges the source of 1.42.0 into main');
  await mergeNextSource(cast);

  stage.chapter('1.42.0 to dev-control-rke2');
  const secondDev = await promote(cast, { version: '1.42.0', to: 'dev-control-rke2' });

  stage.chapter('1.42.0 to staging');
  const secondStaging = await promoteWithApproval(cast, { version: '1.42.0', to: 'staging' });

  await driftIn(cast, 'staging');
  await proofChapter(stage, { ...cast, promotion: secondStaging.id, directory: cast.proofFolder });

  stage.chapter('1.42.0 to prod, which asks for two approvals');
  const waiting = await stopAtProd(cast);

  stage.chapter('1.43.0 to dev-control-rke2: it carries a stateful migration');
  await refuseMigration(cast);
  return { done: [firstDev, firstStaging, secondDev, secondStaging], waiting };
}

/** The merge changes the shared base. dev reads it as it is on main and says so; staging has its own copy of the release's base. */
async function mergeNextSource(cast: Cast): Promise<void> {
  const { world, stage, expectations } = cast;
  const merge = await world.developer.merge('line/1.42.0', 'Merge the hourly usage export (1.42.0)');
  stage.line('merged', `${short(merge)} by Teodor Vance: the shared base has other config, one more CronJob, one Service less`);
  const statusOf = (environment: ExampleEnvironment, enough: (status: EnvironmentStatus) => boolean): Promise<EnvironmentStatus> =>
    statusWhen({ ...cast, call: cast.admin, environment: idOf(environment) }, enough);
  const dev = await statusOf('dev-control-rke2', ({ readiness }) => readiness.verdict === 'blocked');
  const staging = await statusOf('staging', ({ delivered }) => delivered.targets.every(({ revision }) => revision === merge));
  stage.line('dev', `${dev.readiness.verdict}: ${dev.readiness.blockers.map(({ message }) => shortened(message)).join('; ')}`);
  stage.line('staging', `${staging.readiness.verdict}: pinned inputs, nothing to sync`);
  expectations.expect(
    'an edit of the shared base on main changes dev, which reads it, and Fairlead says so',
    dev.readiness.verdict === 'blocked',
    dev.readiness,
  );
  const untouched = staging.readiness.verdict === 'ready' && staging.delivered.targets.every(({ sync }) => sync === 'Synced');
  expectations.expect('the same edit does not change what staging runs: ready, nothing to sync', untouched, staging.readiness);
}

/** What somebody puts in by hand. */
export const sidecar = { name: 'debug', image: 'busybox:1.37' } as const;

/** Somebody changes what the environment declares to run, where it runs. */
async function driftIn(cast: Cast, name: ExampleEnvironment): Promise<void> {
  using hand = await clusterHand(cast.world.kubeconfigPath);
  await driftChapter(cast.stage, {
    ...cast,
    call: cast.admin,
    hand,
    environment: idOf(name),
    workload: {
      kind: 'Deployment',
      namespace: exampleEnvironments.find((environment) => environment.name === name)?.namespace ?? '',
      name: 'api',
    },
    container: sidecar,
    application: { namespace: 'argocd', name: `${service}-${name}` },
  });
}

function idOf(environment: ExampleEnvironment): EnvironmentId {
  return EnvironmentId.parse(`${service}/${environment}`);
}

async function stopAtProd(cast: Cast): Promise<Promotion> {
  const { expectations } = cast;
  const { id } = await start(cast, { version: '1.42.0', to: 'prod' });
  const waiting = await follow({ ...cast, call: cast.admin, id }, waitsForApproval);
  const blocker = waiting.blockers.find(({ gate }) => gate === 'approval');
  expectations.expect(
    'prod waits: 2 of 2 approvals missing, nothing merged, nothing synced',
    waiting.status === 'proposed' && waiting.mergeCommit === undefined && (blocker?.message.startsWith('2 of 2') ?? false),
    waiting,
  );
  expectations.expect('prod says who can give the approvals', blocker?.who.includes('approvers') ?? false, blocker?.who);
  return waiting;
}

async function refuseMigration({ admin, stage, expectations }: Cast): Promise<void> {
  const environment = 'dev-control-rke2';
  const before = await admin('listPromotions', { query: { environment: `${service}/${environment}` } });
  const blockers = await refusal(admin('startPromotion', { body: { service, environment, release: '1.43.0' } }));
  const after = await admin('listPromotions', { query: { environment: `${service}/${environment}` } });
  for (const { gate, message } of blockers) stage.line('refused', `${gate}: ${message}`);
  expectations.expect(
    '1.43.0 is refused at the start, by its stateful migration, and nothing was begun',
    blockers.some(({ gate }) => gate === 'migration') && after.items.length === before.items.length,
    blockers,
  );
}

async function refusal(call: Promise<unknown>): Promise<readonly Blocker[]> {
  try {
    await call;
    return [];
  } catch (error) {
    if (error instanceof ApiError && error.problem.code === 'promotion-refused') return error.problem.blockers ?? [];
    throw error;
  }
}
