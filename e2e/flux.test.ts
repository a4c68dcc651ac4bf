import { recordedEvidence, type JsonObject } from '@fairlead/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approve, isReady, promotionWhen, started, statusWhen, until } from './world/api.ts';
import { service } from './world/paths.ts';
import { startStand, type Stand } from './world/stand.ts';

let stand: Stand;

beforeAll(async () => {
  stand = await startStand({ controller: 'flux' });
});
afterAll(() => stand[Symbol.asyncDispose]());

/** What the newest record of a type says. */
async function newest(environment: string, type: 'sync-observation' | 'unauthorised-change'): Promise<JsonObject | undefined> {
  const call = stand.admin();
  const { items } = await call('listEvidence', { query: { environment: `${service}/${environment}`, type } });
  const [record] = items;
  if (record === undefined) return undefined;
  const { bundle } = await call('getEvidence', { params: { digest: record.digest } });
  return recordedEvidence(Buffer.from(bundle)).body;
}

describe('environments that Flux delivers', () => {
  it('are promoted through to ready', async () => {
    const call = stand.admin();
    const { id } = await started(call, 'dev-control-rke2', '1.41.0');

    expect((await promotionWhen(call, id, isReady)).syncs).toMatchObject([{ target: { controller: 'flux' } }]);
  });

  it('are promoted one after the other, with what was delivered on the board and on record', async () => {
    const call = stand.admin();
    const staging = await started(call, 'staging', '1.41.0');
    await promotionWhen(call, staging.id, ({ blockers }) => blockers.some(({ code }) => code === 'approvals-missing'));
    await approve(await stand.person('ada', 'approver'), staging.id);

    const promotion = await promotionWhen(call, staging.id, isReady);
    const status = await statusWhen(call, 'staging', ({ readiness }) => readiness.verdict === 'ready');

    expect(status.delivered).toMatchObject({
      verdict: 'delivered',
      targets: [{ controller: 'flux', sync: 'Synced', health: 'Healthy', verdict: 'delivered', revision: promotion.mergeCommit }],
    });
    expect(await newest('staging', 'sync-observation')).toMatchObject({
      controller: 'flux',
      target: 'sandbox/flux-system/platform-control-staging',
      verdict: { kind: 'delivered' },
      phase: 'ReconciliationSucceeded',
      revisions: [promotion.mergeCommit],
      desired: promotion.content.after,
      source: { object: 'GitRepository/flux-system/platform-control', revision: `main@sha1:${promotion.mergeCommit ?? ''}` },
    });
  });

  it('tell of a merge past Fairlead, which Flux delivers all the same', async () => {
    const call = stand.admin();
    const file = 'environments/dev-control-rke2/values/api.env';
    const before = await stand.world.developer.read('main', file);

    const commit = await stand.world.developer.commit({
      branch: 'main',
      message: 'by the way',
      files: { [file]: `${before}BY_THE_WAY=yes\n` },
    });

    const status = await statusWhen(call, 'dev-control-rke2', ({ readiness }) =>
      readiness.blockers.some(({ code }) => code === 'delivery-superseded'),
    );
    expect(status.readiness.verdict).toBe('blocked');
    expect(await until('a record of it', () => newest('dev-control-rke2', 'unauthorised-change'))).toMatchObject({
      target: 'sandbox/flux-system/platform-control-dev-control-rke2',
      controller: 'flux',
      revisions: [commit],
      mapped: { version: '1.41.0' },
    });
    // Other inputs, so staging is as it was.
    expect((await call('listStatus', { query: { service, environment: 'staging' } })).items[0]?.delivered.verdict).toBe('delivered');
  });
});
