import { assessDelivery, type CommitSha } from '@fairlead/domain';
import type { Delivery } from '@fairlead/engine';
import { deliveryContract, type DeliveryWorld } from '@fairlead/engine/testing';
import { startFlux, startGitServer } from '@fairlead/sandbox';
import { clusterUnderTest } from '@fairlead/sandbox/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fluxDelivery } from './flux-delivery.ts';
import { fluxWorld, target } from './testing/flux-world.ts';

const closing: (() => PromiseLike<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** The Kustomization has applied the first commit; the second one is pushed, and Flux doesn't know. */
async function world(): Promise<DeliveryWorld> {
  const flux = await fluxWorld({ clusterUnderTest, startFlux, startGitServer });
  closing.push(() => flux[Symbol.asyncDispose]());
  const open = (): Delivery => fluxDelivery({ clusters: { kubeConfig: () => flux.config } });
  const delivery = open();
  await delivers(delivery, flux.first, flux.first);
  const commit = await flux.commit('debug');
  return {
    delivery,
    target,
    commit,
    earlier: flux.first,
    reopen: open,
    settle: () => delivers(delivery, commit, flux.first),
    syncByHand: () => Promise.reject(new Error('nobody syncs Flux by hand')),
    leaveBehind: () => Promise.reject(new Error('Flux leaves nothing behind')),
  };
}

/** As the engine does it: it looks, and asks for another look where that would tell more. */
async function delivers(delivery: Delivery, commit: CommitSha, earlier: CommitSha): Promise<void> {
  await vi.waitUntil(
    async () => {
      const seen = await delivery.observe(target);
      if (seen.kind === 'absent' || seen.controller !== 'flux') return false;
      const verdict = assessDelivery({ commit, containment: { [earlier]: 'not-contained' }, statusMaxAgeMs: 360_000 }, seen, new Date());
      if (verdict.refresh === true) await delivery.requestRefresh(target);
      return verdict.kind === 'delivered' && !seen.refreshPending;
    },
    { timeout: 20_000, interval: 10 },
  );
}

describe("contract, with the sandbox's Flux", () => {
  it.each(Object.entries(deliveryContract({ manualSync: false })))('%s', async (_behaviour, run) => {
    await run(await world(), (actual, expected) => {
      expect(actual).toEqual(expected);
    });
  });
});
