import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Call } from '@fairlead/api';
import type { DriftItem, EnvironmentStatus } from '@fairlead/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approve, isReady, promotionWhen, started, statusWhen, until } from '../../world/api.ts';
import { fairlead, type Ended } from '../../world/fairlead-program.ts';
import { service } from '../../world/paths.ts';
import { startStand, type Stand } from '../../world/stand.ts';
import { readDefinitions } from '../definitions.ts';
import { startTestCluster, type TestCluster } from '../start-test-cluster.ts';
import { handEdits, scaling, sidecar } from './hand-edits.ts';

const run = promisify(execFile);

/** The demo's journey: a Fairlead server, the sandbox's controllers, and a real control plane between them. */
describe.each(['argocd', 'flux'] as const)('a release that %s delivers to a real API server', (controller) => {
  let cluster: TestCluster;
  let stand: Stand;
  let call: Call;
  let checkout: string;

  beforeAll(async () => {
    cluster = await startTestCluster({ definitions: await readDefinitions() });
    stand = await startStand({ controller, kubeconfig: cluster.kubeconfig });
    call = stand.admin();
    checkout = join(stand.home, 'checkout');
  });
  afterAll(async () => {
    await stand[Symbol.asyncDispose]();
    await cluster[Symbol.asyncDispose]();
  });

  const kubectl = async (words: readonly string[]): Promise<void> => {
    await run(cluster.kubectl, ['--kubeconfig', cluster.kubeconfigPath, '--namespace', 'pc-staging', ...words]);
  };
  const status = (wanted: (status: EnvironmentStatus) => boolean): Promise<EnvironmentStatus> => statusWhen(call, 'staging', wanted);
  const scan = async (): Promise<Ended> =>
    fairlead(['drift', 'scan', checkout, '-e', 'staging', '--kubeconfig', cluster.kubeconfigPath], { home: stand.home });
  const openDrift = async (): Promise<readonly DriftItem[]> =>
    (await call('listDrift', { query: { environment: `${service}/staging` } })).items;
  const found = (what: string): Promise<DriftItem> =>
    until(what, async () => (await openDrift()).find((item) => textOf(item) === what)).catch(async (error: unknown) => {
      throw new Error(`${String(error)}; open: ${(await openDrift()).map(textOf).join(', ')}`);
    });

  it('is ready in staging, after dev and an approval', async () => {
    await promotionWhen(call, (await started(call, 'dev-control-rke2', '1.41.0')).id, isReady);
    const { id } = await started(call, 'staging', '1.41.0');
    await promotionWhen(call, id, ({ blockers }) => blockers.some(({ code }) => code === 'approvals-missing'));
    await approve(await stand.person('ada', 'approver'), id);

    const promotion = await promotionWhen(call, id, isReady);
    const { delivered, drift } = await status(({ readiness }) => readiness.verdict === 'ready');

    expect(delivered).toMatchObject({ verdict: 'delivered', targets: [{ controller, revision: promotion.mergeCommit }] });
    expect(drift).toMatchObject({ open: 0 });
  }, 180_000);

  it('is clean to somebody who has a checkout and no server', async () => {
    await run('git', ['clone', '--quiet', stand.world.repositoryUrl, checkout]);

    const { code, stdout } = await scan();

    expect([code, stdout]).toEqual([0, expect.stringContaining('no drift in')]);
  });

  it('is ready no longer when a container is put in by hand, which the controller does not see', async () => {
    const began = performance.now();
    await kubectl(sidecar.command);
    const item = await found(sidecar.found);
    console.log(`${controller}: the sidecar was on record ${(performance.now() - began).toFixed(0)} ms after kubectl began`);

    expect(item).toMatchObject({ severity: 'image', by: { manager: sidecar.manager, changedAtIs: 'entry' } });
    expect(Math.abs(Date.parse(item.by.changedAt ?? '') - Date.now())).toBeLessThan(60_000);
    const { readiness, delivered } = await status((seen) => seen.readiness.verdict === 'blocked');
    expect(readiness.blockers.map(({ code }) => code)).toContain('drift-found');
    expect(delivered.targets.map(({ sync }) => sync)).toEqual(['Synced']);
    const { code, stdout } = await scan();
    expect([code, stdout]).toEqual([1, expect.stringContaining('[name=debug]')]);
  });

  it('is ready again when it was taken back', async () => {
    const { id } = await found(sidecar.found);
    await call('reconcileDrift', { params: { id }, body: { reason: 'nobody needs it any longer' } });

    const { drift } = await status(({ readiness }) => readiness.verdict === 'ready');

    expect(drift).toMatchObject({ open: 0 });
    expect((await scan()).code).toBe(0);
  });

  // Flux takes some of them back by itself, before anybody could look.
  if (controller === 'flux') return;
  it('shows each edit by hand with class, path, manager and time, and no scaling by an autoscaler', async () => {
    await kubectl(scaling);
    for (const { command, found: what, manager } of handEdits) {
      const began = performance.now();
      await kubectl(command);
      const { by, firstSeen } = await found(what);
      console.log(`kubectl ${command[0] ?? ''}: ${what} on record after ${(performance.now() - began).toFixed(0)} ms`);

      expect([what, by.manager, by.changedAt ?? firstSeen]).toEqual([what, manager, expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/)]);
    }
    expect((await openDrift()).map(textOf)).not.toContainEqual(expect.stringContaining('Deployment/web/spec/replicas'));
  });
});

function textOf({ class: how, object, path }: DriftItem): string {
  return `${how} ${object.kind}/${object.name}${path}`;
}
