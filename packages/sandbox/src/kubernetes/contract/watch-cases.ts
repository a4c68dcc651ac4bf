import { CoreV1Api, makeInformer } from '@kubernetes/client-node';
import assert from 'node:assert/strict';
import { objectsAt, textAt } from '../json/json-path.ts';
import type { ContractCase } from './contract-case.ts';
import { collect, type ContractWorld, type Seen } from './contract-world.ts';
import { deferred } from './deferred.ts';

async function createNamed({ ok, path }: ContractWorld, names: readonly string[]): Promise<void> {
  for (const name of names) await ok('POST', path('configmaps'), { body: { metadata: { name, labels: { step: name } } } });
}

function summary(seen: readonly Seen[]): readonly string[] {
  return seen.map(({ type, object }) => `${type} ${textAt(object, 'metadata', 'name') ?? ''}`);
}

const cases: readonly ContractCase[] = [
  {
    behaviour: 'shows one moment over all pages of a list',
    run: async (world) => {
      const query = { labelSelector: 'step' };
      await createNamed(world, ['a', 'b', 'c']);

      const first = await world.ok('GET', world.path('configmaps'), { query: { ...query, limit: '2' } });
      await createNamed(world, ['d']);
      const token = textAt(first, 'metadata', 'continue') ?? '';
      const second = await world.ok('GET', world.path('configmaps'), { query: { ...query, limit: '2', continue: token } });

      const names = [first, second].map((page) => objectsAt(page, 'items').map((item) => textAt(item, 'metadata', 'name')));
      assert.deepEqual(names, [['a', 'b'], ['c']]);
      assert.equal(textAt(second, 'metadata', 'resourceVersion'), textAt(first, 'metadata', 'resourceVersion'));
      assert.equal(textAt(second, 'metadata', 'continue') ?? '', '');
    },
  },
  {
    behaviour: 'leaves kind and version out of the items of a built-in list',
    run: async (world) => {
      await createNamed(world, ['a']);

      const list = await world.ok('GET', world.path('configmaps'));

      assert.deepEqual([list['kind'], list['apiVersion']], ['ConfigMapList', 'v1']);
      assert.ok(objectsAt(list, 'items').every((item) => item['kind'] === undefined && item['apiVersion'] === undefined));
    },
  },
  {
    behaviour: 'selects by labels',
    run: async (world) => {
      await createNamed(world, ['a', 'b', 'c']);
      const selected = async (labelSelector: string): Promise<readonly string[]> => {
        const list = await world.ok('GET', world.path('configmaps'), { query: { labelSelector } });
        return objectsAt(list, 'items').map((item) => textAt(item, 'metadata', 'name') ?? '');
      };

      assert.deepEqual(await selected('step=a'), ['a']);
      assert.deepEqual(await selected('step,step!=a'), ['b', 'c']);
      assert.deepEqual(await selected('step in (a, c)'), ['a', 'c']);
      assert.deepEqual(await selected('step,step notin (a,c)'), ['b']);
      assert.deepEqual(await selected('!step'), ['kube-root-ca.crt']);
      world.refused(await world.call('GET', world.path('configmaps'), { query: { labelSelector: 'a=b=c' } }), 400, 'BadRequest');
    },
  },
  {
    behaviour: 'selects by the fields that a resource offers, and no others',
    run: async (world) => {
      await createNamed(world, ['a', 'b']);

      const list = await world.ok('GET', world.path('configmaps'), { query: { fieldSelector: 'metadata.name=b' } });

      assert.equal(objectsAt(list, 'items').length, 1);
      world.refused(await world.call('GET', world.path('configmaps'), { query: { fieldSelector: 'data.mode=dev' } }), 400, 'BadRequest');
    },
  },
  {
    behaviour: 'sends a watcher what happened since its version, in order',
    run: async (world) => {
      await createNamed(world, ['a']);
      const list = await world.ok('GET', world.path('configmaps'));
      await createNamed(world, ['b']);
      await world.ok('PATCH', world.path('configmaps', 'a'), { body: { data: { x: '1' } }, contentType: 'application/merge-patch+json' });
      await world.ok('DELETE', world.path('configmaps', 'b'));

      const query = { resourceVersion: textAt(list, 'metadata', 'resourceVersion') ?? '' };
      const seen = await collect(world, { path: world.path('configmaps'), query }, (events) => events.length === 3);

      assert.deepEqual(summary(seen), ['ADDED b', 'MODIFIED a', 'DELETED b']);
      const versions = seen.map(({ object }) => Number(textAt(object, 'metadata', 'resourceVersion')));
      assert.deepEqual(
        versions,
        [...versions].sort((left, right) => left - right),
      );
      assert.ok(seen.every(({ object }) => object['kind'] === 'ConfigMap'));
    },
  },
  {
    behaviour: 'shows an object that leaves the selection as deleted',
    run: async (world) => {
      await createNamed(world, ['a']);
      const list = await world.ok('GET', world.path('configmaps'));
      const relabel = (step: string): Promise<unknown> => {
        const body = { metadata: { labels: { step } } };
        return world.ok('PATCH', world.path('configmaps', 'a'), { body, contentType: 'application/merge-patch+json' });
      };
      await relabel('other');
      await relabel('a');

      const query = { labelSelector: 'step=a', resourceVersion: textAt(list, 'metadata', 'resourceVersion') ?? '' };
      const seen = await collect(world, { path: world.path('configmaps'), query }, (events) => events.length === 2);

      assert.deepEqual(summary(seen), ['DELETED a', 'ADDED a']);
    },
  },
  {
    behaviour: 'ends the initial events of a streamed list with a bookmark that says so',
    run: async (world) => {
      await createNamed(world, ['a', 'b']);
      const query = {
        labelSelector: 'step',
        sendInitialEvents: 'true',
        resourceVersionMatch: 'NotOlderThan',
        allowWatchBookmarks: 'true',
      };

      const seen = await collect(world, { path: world.path('configmaps'), query }, (events) => events.at(-1)?.type === 'BOOKMARK');

      assert.deepEqual(summary(seen), ['ADDED a', 'ADDED b', 'BOOKMARK ']);
      assert.equal(textAt(seen.at(-1)?.object, 'metadata', 'annotations', 'k8s.io/initial-events-end'), 'true');
      assert.match(textAt(seen.at(-1)?.object, 'metadata', 'resourceVersion') ?? '', /^\d+$/);
    },
  },
  {
    behaviour: 'ends a watch when its time is over',
    run: async (world) => {
      await createNamed(world, ['a']);

      const seen = await collect(
        world,
        { path: world.path('configmaps'), query: { labelSelector: 'step', timeoutSeconds: '1' } },
        () => false,
      );

      assert.deepEqual(summary(seen), ['ADDED a']);
    },
  },
  {
    behaviour: 'feeds the informer of the client library',
    run: async (world) => {
      const api = world.kubeConfig.makeApiClient(CoreV1Api);
      const namespace = world.namespace;
      await createNamed(world, ['a']);
      const informer = makeInformer(world.kubeConfig, world.path('configmaps'), () => api.listNamespacedConfigMap({ namespace }));
      const { promise: deleted, resolve } = deferred<string>();
      const added: string[] = [];
      informer.on('add', ({ metadata }) => added.push(metadata?.name ?? ''));
      informer.on('delete', ({ metadata }) => {
        resolve(metadata?.name ?? '');
      });

      await informer.start();
      await createNamed(world, ['b']);
      await world.ok('DELETE', world.path('configmaps', 'a'));

      assert.equal(await deleted, 'a');
      assert.deepEqual(added, ['a', 'kube-root-ca.crt', 'b']);
      await informer.stop();
    },
  },
];

/** Lists and watches: how a client knows all of it, and goes on knowing. */
export function watchCases(): readonly ContractCase[] {
  return cases;
}
