import { readReleaseManifest, type Promotion, type ReleaseManifest } from '@fairlead/domain';
import { exampleEnvironments, type ExampleEnvironment, type ExampleWorld } from '@fairlead/sandbox';
import { z } from 'zod';
import { service, type Cast } from './cast.ts';
import { sidecar, type Played } from './journey.ts';
import { containerPath } from './workload-ref.ts';

/** Asks Git, Argo CD and the cluster themselves: what Fairlead says of them is not evidence for Fairlead. */
export async function checkWorld(cast: Cast, played: Played): Promise<void> {
  await checkRunning(cast);
  await checkOnce(cast, played);
  await checkDrift(cast);
  await checkLedger(cast, played);
}

const Pods = z.object({
  items: z.array(
    z.object({
      status: z.object({ containerStatuses: z.array(z.object({ imageID: z.string() })).default([]) }),
    }),
  ),
});
const Named = z.object({ items: z.array(z.object({ metadata: z.object({ name: z.string() }) })) });

async function checkRunning({ world, admin, releases, expectations }: Cast): Promise<void> {
  const { manifest: text } = await admin('getRelease', { params: { digest: releases['1.42.0'] } });
  const read = readReleaseManifest(text, '1.42.0');
  const wanted = read.kind === 'ok' ? imagesOf(read.value) : [];
  for (const environment of ['dev-control-rke2', 'staging'] as const) {
    const running = await runningImages(world, environment);
    const same = wanted.length > 0 && JSON.stringify(running) === JSON.stringify(wanted);
    expectations.expect(`${environment} runs the digests of 1.42.0 and no others`, same, running);
  }
  const names = async (path: string): Promise<readonly string[]> =>
    Named.parse(await world.list(path)).items.map(({ metadata }) => metadata.name);
  const services = await names('/api/v1/namespaces/pc-staging/services');
  const jobs = await names('/apis/batch/v1/namespaces/pc-staging/cronjobs');
  const changed = !services.includes('control-api-v1') && services.includes('api') && jobs.includes('usage-export');
  expectations.expect('in staging the removed Service is gone and the new CronJob is there', changed, [services, jobs]);
}

function imagesOf({ components }: ReleaseManifest): readonly string[] {
  return components.map(({ image }) => `${image.repository}@${image.digest}`).toSorted();
}

async function runningImages(world: ExampleWorld, environment: ExampleEnvironment): Promise<readonly string[]> {
  const namespace = exampleEnvironments.find(({ name }) => name === environment)?.namespace ?? '';
  const { items } = Pods.parse(await world.list(`/api/v1/namespaces/${namespace}/pods`));
  const images = items.flatMap(({ status }) => status.containerStatuses.map(({ imageID }) => imageID));
  return [...new Set(images.filter((image) => image.includes(`/${service}/`)))].toSorted();
}

const Synced = z.object({ status: z.object({ history: z.array(z.object({ revision: z.string() })).default([]) }) });

/** One change, one merge and one sync for each promotion: counted where they happened. */
async function checkOnce({ world, expectations, admin }: Cast, { done, waiting }: Played): Promise<void> {
  const { items } = await admin('listPromotions', { query: {} });
  expectations.expect('there are five promotions, four of them ready', items.length === done.length + 1, items.length);
  const counted = [];
  for (const promotion of done) counted.push(await countsOf(world, promotion));
  const once = counted.every(({ commits, merges }) => commits === 1 && merges === 1);
  expectations.expect('each promotion made one commit on one branch and one merge', once, counted);

  const syncs: Record<string, readonly string[]> = {};
  for (const { name } of exampleEnvironments) {
    syncs[name] = Synced.parse(await world.target(name)).status.history.map(({ revision }) => revision);
  }
  const expected = Object.fromEntries(exampleEnvironments.map(({ name }) => [name, mergesTo(done, name)]));
  const same = JSON.stringify(syncs) === JSON.stringify(expected);
  expectations.expect('Argo CD synced each merge commit exactly once, and prod never', same, syncs);
  const prod = await countsOf(world, waiting);
  expectations.expect('the change for prod is one commit, not on main', prod.commits === 1 && prod.merges === 0, prod);
}

function mergesTo(promotions: readonly Promotion[], environment: string): readonly string[] {
  return promotions
    .filter((promotion) => promotion.environment === `${service}/${environment}`)
    .map(({ mergeCommit }) => mergeCommit ?? '');
}

async function countsOf(
  { developer }: ExampleWorld,
  { id, branch }: Promotion,
): Promise<{ readonly commits: number; readonly merges: number }> {
  const lines = async (...args: readonly string[]): Promise<number> => {
    const text = await developer.log('--format=%H', `--grep=Fairlead-Promotion: ${id}`, ...args);
    return text === '' ? 0 : text.split('\n').length;
  };
  return { commits: await lines('--no-merges', `origin/${branch}`), merges: await lines('--merges', '--first-parent', 'origin/main') };
}

/** Promotions change what runs, too, and that is nobody's drift. */
async function checkDrift({ admin, expectations }: Cast): Promise<void> {
  const { items: drift } = await admin('listDrift', { query: { limit: '500' } });
  const { items: tasks } = await admin('listTasks', { query: { limit: '500' } });
  const others = drift.filter(({ path }) => !path.startsWith(containerPath(sidecar.name)));
  const undone = tasks.filter(({ closed }) => closed === undefined);
  const only = drift.length > 0 && others.length === 0 && undone.length === 0;
  expectations.expect('all drift that was ever found is what the hand put in: no promotion made any', only, [others, undone]);
}

async function checkLedger({ admin, expectations }: Cast, { done }: Played): Promise<void> {
  const missing: string[] = [];
  let records = 0;
  for (const { id } of done) {
    const { items } = await admin('listEvidence', { query: { promotion: id, limit: '500' } });
    records += items.length;
    for (const { digest, type, index } of items) if (index === undefined) missing.push(`${type} ${digest}`);
    const closure = items.find(({ type }) => type === 'promotion-closure');
    const proof = closure === undefined ? undefined : (await admin('getEvidence', { params: { digest: closure.digest } })).proof;
    if (proof === undefined) missing.push(`closure of ${id}`);
  }
  expectations.expect(
    `all ${String(records)} records of the four promotions are in the log, each closure with a proof under a signed checkpoint`,
    missing.length === 0,
    missing,
  );
}
