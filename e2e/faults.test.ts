import { clusterHand, type ClusterHand } from '@fairlead/sandbox';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { promotionWhen, started, until } from './world/api.ts';
import { startStand, type Stand } from './world/stand.ts';

const dev = 'dev-control-rke2';
const application = `/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/platform-control-${dev}`;
let stand: Stand;
let hand: ClusterHand;

beforeAll(async () => {
  stand = await startStand();
  hand = await clusterHand(stand.world.kubeconfigPath);
});
afterAll(() => stand[Symbol.asyncDispose]());

it('an Application that somebody deletes in the middle of a sync is named, and nothing is called ready', async () => {
  const call = stand.admin();
  const { id } = await started(call, dev, '1.41.0');
  await promotionWhen(call, id, ({ status }) => status === 'syncing');
  await hand.remove(application);

  const blocker = await until('a blocker that names the Application', async () => {
    const { promotion } = await call('getPromotion', { params: { id } });
    expect(promotion.status).not.toBe('ready');
    return promotion.blockers.find(({ code }) => code === 'application-absent');
  });

  // Whoever asks first: the delivery's judge, or the look at its contract.
  expect(blocker.message).toContain(`argocd/platform-control-${dev}`);
});
