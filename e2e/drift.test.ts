import { ActorId, type Actor } from '@fairlead/domain';
import { adoptDrift, approveException, closeTask, requestException, requestReconcile, revokeException } from '@fairlead/engine';
import { clusterHand, type ClusterHand } from '@fairlead/sandbox';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { requester, startEngineWorld, type EngineWorld } from './boundaries/engine-world.ts';
import { keptEnvironment, patiently, type KeptEnvironment } from './drift/kept-environment.ts';

const api = '/apis/apps/v1/namespaces/pc-dev/deployments/api';
const operator: Actor = { ...requester, id: ActorId.parse('local:olga'), subject: 'olga' };
const approver: Actor = { ...requester, id: ActorId.parse('local:bob'), subject: 'bob' };

let world: EngineWorld;
let hand: ClusterHand;
let kept: KeptEnvironment;

beforeAll(async () => {
  world = await startEngineWorld();
  hand = await clusterHand(world.example.kubeconfigPath);
  kept = await keptEnvironment(world);
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const Application = z.object({ status: z.object({ sync: z.object({ status: z.string() }) }) });
const syncStatus = async (): Promise<string> => Application.parse(await world.example.target('dev-control-rke2')).status.sync.status;

const addSidecar = (): Promise<void> =>
  hand.patch(api, { spec: { template: { spec: { containers: [{ name: 'debug', image: 'busybox:1.37' }] } } } });

describe('an environment that was delivered', () => {
  it('is ready, and its verdict rests on what was seen in the cluster', async () => {
    const { readiness, drift } = await kept.verdict('ready');

    expect(readiness.blockers).toEqual([]);
    expect(drift).toMatchObject({ open: 0, excused: 0 });
    expect((await kept.records('live-observation')).length).toBeGreaterThan(0);
    expect(await kept.openDrift()).toEqual([]);
  });
});

describe('a sidecar that somebody put in by hand', () => {
  beforeAll(async () => {
    await addSidecar();
    await kept.found(/^added-field Deployment\/api/);
  });

  it('is named by object, field, manager and minute, while the controller says Synced', async () => {
    const item = await kept.found(/^added-field Deployment\/api/);

    expect(item).toMatchObject({
      severity: 'image',
      object: { kind: 'Deployment', namespace: 'pc-dev', name: 'api' },
      path: '/spec/template/spec/containers/[name=debug]',
      by: { manager: 'kubectl-edit', operation: 'Update', changedAtIs: 'entry' },
    });
    expect(Math.abs(Date.parse(item.by.changedAt ?? '') - Date.now())).toBeLessThan(60_000);
    expect(await syncStatus()).toBe('Synced');
    expect((await kept.records('drift-opened')).map(({ digest }) => digest)).toContain(item.opened);
  });

  it('takes readiness away with the reason', async () => {
    const { readiness, drift } = await kept.verdict('blocked');
    const reason = readiness.blockers.find(({ gate }) => gate === 'drift');

    expect(reason?.code).toBe('drift-found');
    expect(reason?.message).toMatch(/Deployment pc-dev\/api has .*\[name=debug\], which is not declared \(image, by kubectl-edit, \d{4}-/);
    expect(drift).toMatchObject({ worst: 'image' });
  });

  it('leaves a task behind, which can not be closed while it is there', async () => {
    const [task] = await world.ports.store.read((reader) => reader.tasks.open(kept.environment));
    if (task === undefined) throw new Error('no task');

    expect(task).toMatchObject({ object: { kind: 'Deployment', name: 'api' }, managers: ['kubectl-edit'], owner: 'operators' });
    await expect(closeTask(world.ports, { id: task.id, reason: 'nothing' }, operator)).rejects.toMatchObject({ code: 'task-has-drift' });
  });

  it('is excused by an exception that another person approves, and no longer once it is revoked', async () => {
    const drift = (await kept.openDrift()).map(({ id }) => id);
    const request = { drift, reason: 'looking into the queue', expiresAt: new Date(Date.now() + 3_600_000).toISOString() };
    const exception = await requestException(world.ports, request, operator);
    await expect(approveException(world.ports, exception.id, operator)).rejects.toMatchObject({ code: 'own-exception' });
    await approveException(world.ports, exception.id, approver);

    const excused = await vi.waitFor(async () => {
      const seen = await kept.status();
      expect(seen.readiness.blockers.filter(({ gate }) => gate === 'drift')).toEqual([]);
      return seen;
    }, patiently);
    expect(excused.drift).toMatchObject({ open: 0, excused: drift.length });

    await revokeException(world.ports, { id: exception.id, reason: 'found it' }, operator);
    await vi.waitFor(async () => {
      expect((await kept.status()).readiness.blockers.map(({ code }) => code)).toContain('drift-found');
    }, patiently);
  });

  it('may not be excused for longer than the policy allows', async () => {
    const [item] = await kept.openDrift();
    const request = { drift: item === undefined ? [] : [item.id], reason: 'for ever', expiresAt: '2099-01-01T00:00:00.000Z' };

    await expect(requestException(world.ports, request, operator)).rejects.toMatchObject({ code: 'exception-expiry' });
  });

  it('goes when the controller is asked to reconcile, and the environment is ready again', async () => {
    const { id } = await kept.found(/^added-field Deployment\/api/);
    const request = { drift: id, reason: 'the queue is understood' };
    expect(await requestReconcile(world.ports, { ...request, dryRun: true }, operator)).toMatchObject({ kind: 'planned', how: 'remove' });

    const requested = await requestReconcile(world.ports, { ...request, dryRun: false }, operator);
    if (requested.kind !== 'requested') throw new Error(JSON.stringify(requested));
    await kept.verdict('ready');

    const action = await world.ports.store.read((reader) => reader.drift.action(requested.action.id));
    expect(action).toMatchObject({ status: 'done', requestedBy: { id: operator.id } });
    expect(await kept.openDrift()).toEqual([]);
    const containers = z
      .object({ spec: z.object({ template: z.object({ spec: z.object({ containers: z.array(z.object({ name: z.string() })) }) }) }) })
      .parse(await hand.get(api)).spec.template.spec.containers;
    expect(containers.map(({ name }) => name)).not.toContain('debug');
    expect((await kept.records('drift-resolved')).length).toBeGreaterThan(0);
    expect(await kept.records('drift-action')).toHaveLength(3);
  });

  it('lets the task be closed, by a person with a reason', async () => {
    const [task] = await world.ports.store.read((reader) => reader.tasks.open(kept.environment));
    if (task === undefined) throw new Error('no task');
    const closed = await closeTask(world.ports, { id: task.id, reason: 'debug container, taken away again' }, operator);

    expect(closed.closed).toMatchObject({ by: operator.id });
    expect(await world.ports.store.read((reader) => reader.tasks.open(kept.environment))).toEqual([]);
  });
});

describe('what happens all day', () => {
  it('writes nothing: of a status and a label only the label is on record', async () => {
    await kept.verdict('ready');
    const before = (await kept.records('drift-opened')).length;
    await hand.patch(`${api}/status`, { status: { observedGeneration: 99 } }, 'kube-controller-manager');
    await hand.patch(api, { metadata: { labels: { team: 'a' } } }, 'kubectl-label');
    await kept.found(/^added-field Deployment\/api\/metadata\/labels\/team/);

    expect(await kept.records('drift-opened')).toHaveLength(before + 1);
    expect((await kept.openDrift()).map(({ severity }) => severity)).toEqual(['metadata']);
    await kept.verdict('ready');
    await hand.patch(api, { metadata: { labels: { team: null } } }, 'kubectl-label');
    await vi.waitUntil(async () => (await kept.openDrift()).length === 0, patiently);
  });
});

describe('an annotation that somebody put in', () => {
  it('is taken into Git by a change that people review', async () => {
    await kept.verdict('ready');
    await hand.patch(api, { spec: { template: { metadata: { annotations: { 'example.com/owner': 'team-a' } } } } }, 'kubectl-annotate');
    const item = await kept.found(/example\.com~1owner/);

    const adopted = await adoptDrift(world.ports, { drift: item.id, reason: 'it has an owner now', dryRun: false }, operator);
    if (adopted.kind !== 'opened') throw new Error(JSON.stringify(adopted));
    const change = await world.ports.repositories[0]?.forge.readChange({ number: adopted.action.change?.number ?? 0 });
    expect(change).toMatchObject({ status: 'open', base: 'main' });
    expect(change !== 'absent' && change?.branch).toMatch(/^fairlead\/adopt\//);

    const asked = await requestReconcile(
      world.ports,
      { drift: item.id, reason: 'back to Git until it is merged', dryRun: false },
      operator,
    );
    expect(asked.kind).toBe('requested');
    await kept.verdict('ready');
  });
});
