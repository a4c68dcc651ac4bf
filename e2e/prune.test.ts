import { clusterHand, type ClusterHand } from '@fairlead/sandbox';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { isReady, promotionWhen, refusalOf, started } from './world/api.ts';
import { service } from './world/paths.ts';
import { startStand, type Stand } from './world/stand.ts';

const environment = 'dev-control-rke2';
const kustomization = `/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/${service}-${environment}`;
const configMaps = '/api/v1/namespaces/pc-dev/configmaps';
let stand: Stand;
let hand: ClusterHand;

beforeAll(async () => {
  stand = await startStand({ controller: 'flux' });
  hand = await clusterHand(stand.world.kubeconfigPath);
  await stand.world.developer.merge('line/1.42.0', 'Merge 1.42.0');
  const { id } = await started(stand.admin(), environment, '1.42.0');
  await promotionWhen(stand.admin(), id, isReady);
  // As an earlier state of the folder has left it, which no render shows any more.
  await hand.create(configMaps, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'left-over' } });
  const { status } = Applied.parse(await hand.get(kustomization));
  const entries = [...status.inventory.entries, { id: 'pc-dev_left-over__ConfigMap', v: 'v1' }];
  await hand.patch(`${kustomization}/status`, { status: { inventory: { entries } } });
});
afterAll(async () => {
  hand[Symbol.dispose]();
  await stand[Symbol.asyncDispose]();
});

const Applied = z.object({
  status: z.object({ inventory: z.object({ entries: z.array(z.object({ id: z.string(), v: z.string() })) }) }),
});

const dryRun = { service, environment, release: '1.41.0', dryRun: true };

it('refuses a promotion with which Flux would delete what the plan does not, and names it', async () => {
  const { code, blockers } = await refusalOf(stand.admin()('startPromotion', { body: dryRun }));

  expect([code, blockers.map((blocker) => blocker.code)]).toEqual(['promotion-refused', ['prune-not-planned']]);
  expect(blockers[0]?.message).toContain(
    `Kustomization flux-system/${service}-${environment} on sandbox would delete ConfigMap pc-dev/left-over`,
  );
});

it('lets it pass where that is marked to be kept', async () => {
  await hand.patch(`${configMaps}/left-over`, { metadata: { annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } } });

  expect((await stand.admin()('startPromotion', { body: dryRun })).kind).toBe('planned');
});
