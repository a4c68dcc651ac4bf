import { KubeConfig } from '@kubernetes/client-node';
import { createServer } from 'node:net';
import { CommitSha, NotFoundError, OperationId, UpstreamError, type DeliveryTarget, type SyncRequest } from '@fairlead/domain';
import type { Delivery } from '@fairlead/engine';
import { deliveryContract, type DeliveryWorld } from '@fairlead/engine/testing';
import { startKubernetes, type KubernetesSandbox } from '@fairlead/sandbox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { argoCdDelivery } from './argocd-delivery.ts';
import type { ArgoCdOptions } from './options.ts';
import { cutProxy } from '../../http/testing/cut-proxy.ts';
import { PlayedController } from './testing/played-controller.ts';

const commit = CommitSha.parse('a'.repeat(40));
const target: DeliveryTarget = { controller: 'argocd', cluster: 'home', namespace: 'argocd', name: 'pc-dev' };
const reader = { verbs: ['get', 'list', 'watch'], groups: ['argoproj.io'], resources: ['applications'] };

let kubernetes: KubernetesSandbox;
let controller: PlayedController;

beforeEach(async () => {
  const tokens = [{ token: 'reader-token', user: 'reader', rules: [reader] }];
  kubernetes = await startKubernetes({ tokens, historyLimit: 5 });
  controller = new PlayedController(configOf(kubernetes.kubeconfig()), target, commit);
});

afterEach(() => kubernetes[Symbol.asyncDispose]());

function configOf(text: string): KubeConfig {
  const config = new KubeConfig();
  config.loadFromString(text);
  return config;
}

function delivery(options: Partial<ArgoCdOptions> = {}, text = kubernetes.kubeconfig()): Delivery {
  return argoCdDelivery({ clusters: { kubeConfig: () => configOf(text) }, reconnect: { minMs: 1, maxMs: 5 }, ...options });
}

function request(change: Partial<SyncRequest> = {}): SyncRequest {
  const operation = OperationId.parse(`op-${'1'.repeat(26)}`);
  return { operation, revision: commit, prune: false, mayPrune: [], actor: 'alice', info: {}, ...change };
}

describe('contract', () => {
  it.each(Object.entries(deliveryContract({ manualSync: true })))('%s', async (_behaviour, run) => {
    await controller.create();
    const world: DeliveryWorld = {
      delivery: delivery(),
      target,
      commit,
      reopen: () => delivery(),
      settle: () => controller.carryOut(),
      syncByHand: () => controller.syncByHand(),
      leaveBehind: () => controller.leaveBehind(),
    };

    await run(world, (actual, expected) => {
      expect(actual).toEqual(expected);
    });
  });
});

describe('a sync', () => {
  it('is one write that copies the policy and removes the account of the last operation', async () => {
    const syncPolicy = { syncOptions: ['CreateNamespace=true', 'PruneLast=false'], retry: { limit: 3 } };
    await controller.create({ syncPolicy });
    await controller.patch({ status: { operationState: { operation: { sync: { dryRun: true } }, phase: 'Failed' } } });

    await delivery().requestSync(target, request({ prune: true, info: { 'fairlead.dev/release': 'sha256:1' } }));

    expect((await controller.read()).status?.operationState).toBeUndefined();
    expect(await controller.writtenOperation()).toEqual({
      initiatedBy: { username: 'fairlead:alice', automated: false },
      info: [
        { name: 'fairlead.dev/release', value: 'sha256:1' },
        { name: 'fairlead.dev/operation', value: request().operation },
      ],
      retry: { limit: 3 },
      sync: { revision: commit, prune: true, syncOptions: ['CreateNamespace=true', 'PruneLast=true'], syncStrategy: { hook: {} } },
    });
  });

  it('waits until the controller has compared for the first time', async () => {
    await controller.create();
    await controller.patch({ status: null });

    expect(await delivery().requestSync(target, request())).toMatchObject({
      kind: 'busy',
      message: 'the controller has not compared this application yet',
    });
  });

  it('does not prune by candidates of a broken comparison', async () => {
    await controller.create();
    await controller.patch({ status: { conditions: [{ type: 'ComparisonError', message: 'x' }] } });

    expect(await delivery().requestSync(target, request({ prune: true }))).toMatchObject({
      kind: 'busy',
      message: 'what the controller would delete is not known: ComparisonError',
    });
    expect((await delivery().requestSync(target, request())).kind).toBe('accepted');
  });
});

describe('a refresh', () => {
  it('is asked for by both annotations, each time by another stamp', async () => {
    await controller.create();
    const now = (): Date => new Date('2026-11-23T15:30:00.123Z');

    await delivery({ now }).requestRefresh(target);
    const first = (await controller.read()).metadata.annotations ?? {};
    await delivery({ now }).requestRefresh(target);
    const second = (await controller.read()).metadata.annotations ?? {};

    expect(first['argocd.argoproj.io/refresh']).toBe('normal');
    expect(first['argocd.argoproj.io/refresh-timestamp']).toMatch(/^2026-11-23T15:30:00\.123\d{6}Z$/);
    expect(second['argocd.argoproj.io/refresh-timestamp']).not.toBe(first['argocd.argoproj.io/refresh-timestamp']);
  });

  it('needs a target', async () => {
    await expect(delivery().requestRefresh(target)).rejects.toThrow('no application argocd/pc-dev on cluster home');
  });
});

async function faultOf(work: Promise<unknown>): Promise<{ readonly code: string; readonly text: string }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof UpstreamError) return { code: error.code, text: `${error.message} ${error.hint ?? ''}` };
    throw error;
  }
  throw new Error('it worked');
}

describe('a fault', () => {
  it('of credentials says so, without them', async () => {
    const { code, text } = await faultOf(delivery({}, kubernetes.kubeconfig('wrong-token')).observe(target));

    expect(code).toBe('kubernetes-unauthenticated');
    expect(text).toMatch(/^reading application argocd\/pc-dev on cluster home: 401 .*kubeconfig$/);
    expect(text).not.toContain('wrong-token');
  });

  it('of rights says which', async () => {
    await controller.create();

    const { code, text } = await faultOf(delivery({}, kubernetes.kubeconfig('reader-token')).requestSync(target, request()));

    expect(code).toBe('kubernetes-forbidden');
    expect(text).toMatch(/^patching application argocd\/pc-dev on cluster home: 403 .*cannot patch/);
  });

  it('of a cluster that is away is one to try again', async () => {
    const gone = kubernetes.kubeconfig().replace(/127\.0\.0\.1:\d+/, '127.0.0.1:1');

    expect((await faultOf(delivery({}, gone).observe(target))).code).toBe('kubernetes-unreachable');
  });

  it('of shape in what an application is names the field', async () => {
    await controller.create();
    await controller.patch({ status: { operationState: { operation: { info: 'none' }, phase: 'Succeeded' } } });

    const { code, text } = await faultOf(delivery().observe(target));

    expect(code).toBe('argocd-unexpected');
    expect(text).toContain('status.operationState.operation.info');
  });
});

/** Counts what a watch tells, and waits for more. */
class Told {
  readonly names: string[] = [];
  #wake: () => void = () => undefined;

  readonly changed = ({ name }: DeliveryTarget): void => {
    this.names.push(name);
    this.#wake();
  };

  async atLeast(count: number): Promise<void> {
    while (this.names.length < count) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

describe('a watch', () => {
  it('needs a cluster', async () => {
    const clusters = {
      kubeConfig: (): KubeConfig => {
        throw new NotFoundError('cluster-unknown', 'no cluster home');
      },
    };

    await expect(async () => delivery({ clusters }).watch('home', 'argocd', () => undefined)).rejects.toThrow('no cluster home');
  });

  it('goes on after the connection broke', async () => {
    const proxy = await cutProxy(new URL(kubernetes.url));
    await controller.create();
    const told = new Told();
    const watching = await delivery({}, through(proxy)).watch('home', 'argocd', told.changed);
    await told.atLeast(1);

    proxy.cut();
    proxy.mend();
    await controller.patch({ metadata: { labels: { changed: 'yes' } } });
    await told.atLeast(2);
    await controller.remove();
    await told.atLeast(3);

    await watching.stop();
    proxy.close();
    expect(new Set(told.names)).toEqual(new Set(['pc-dev']));
  });

  it('lists again, and tells of what went, when it comes back too late for the history', async () => {
    const proxy = await cutProxy(new URL(kubernetes.url));
    await controller.create();
    const told = new Told();
    const errors: UpstreamError[] = [];
    const onWatchError = (error: UpstreamError): void => {
      errors.push(error);
    };
    const watching = await delivery({ onWatchError }, through(proxy)).watch('home', 'argocd', told.changed);
    await told.atLeast(1);

    proxy.cut();
    for (let change = 0; change < 10; change += 1) await controller.patch({ metadata: { labels: { change: String(change) } } });
    await controller.remove();
    const before = told.names.length;
    proxy.mend();
    await told.atLeast(before + 1);

    await watching.stop();
    proxy.close();
    expect(errors.map(({ code }) => code)).toContain('kubernetes-unreachable');
  });

  it('stops at once, also while nobody answers', async () => {
    const silent = createServer((socket) => socket.on('error', () => undefined));
    await new Promise<void>((resolve) => {
      silent.listen(0, '127.0.0.1', resolve);
    });
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const watching = await delivery({}, through({ port })).watch('home', 'argocd', () => undefined);

    await watching.stop();
    silent.close();
  });
});

function through({ port }: { readonly port: number }): string {
  return kubernetes.kubeconfig().replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${String(port)}`);
}
