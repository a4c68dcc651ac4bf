import { clusterHand, type ClusterHand } from '@fairlead/sandbox';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { isReady, promotionWhen, started, statusWhen, until } from './world/api.ts';
import { startStand, type Stand } from './world/stand.ts';

const dev = 'dev-control-rke2';
const application = `/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/platform-control-${dev}`;
let stand: Stand;
let hand: ClusterHand;

beforeAll(async () => {
  stand = await startStand();
  hand = await clusterHand(stand.world.kubeconfigPath);
  await promotionWhen(stand.admin(), (await started(stand.admin(), dev, '1.41.0')).id, isReady);
});
afterAll(() => stand[Symbol.asyncDispose]());

const merged = (file: string, text: string): Promise<string> =>
  stand.world.developer.commit({ branch: 'main', message: 'by the way', files: { [file]: text } });
const Compared = z.object({ status: z.object({ sync: z.object({ status: z.string(), revision: z.string() }) }) });

it('a later revision that does not touch the inputs counts as delivered', async () => {
  const revision = await merged('NOTES.md', 'nothing that is rendered\n');
  await hand.patch(application, { metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } } });
  await until('a comparison with it', async () => {
    const { sync } = Compared.parse(await stand.world.target(dev)).status;
    return sync.revision === revision ? sync.status : undefined;
  });

  const { delivered } = await statusWhen(
    stand.admin(),
    dev,
    (status) => status.readiness.verdict === 'ready' && status.delivered.targets[0]?.revision === revision,
  );

  expect(delivered).toMatchObject({ verdict: 'delivered', targets: [{ controller: 'argocd', sync: 'Synced', verdict: 'delivered' }] });
});

it('one that does, and that somebody syncs, is superseded, and nothing is called ready', async () => {
  const file = `environments/${dev}/values/api.env`;
  const revision = await merged(file, `${await stand.world.developer.read('main', file)}BY_THE_WAY=yes\n`);
  await hand.patch(application, {
    operation: { initiatedBy: { username: 'mallory' }, sync: { revision, syncStrategy: { hook: {} } } },
  });

  const { delivered, readiness } = await statusWhen(stand.admin(), dev, (status) =>
    status.readiness.blockers.some(({ code }) => code === 'delivery-superseded'),
  );

  expect(readiness.verdict).toBe('blocked');
  expect(delivered).toMatchObject({ verdict: 'superseded', targets: [{ revision }] });
});
