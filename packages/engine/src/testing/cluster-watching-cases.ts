import type { ObjectRef } from '@fairlead/domain';
import {
  configMap,
  namesOf,
  objectOf,
  refIn,
  scopeOf,
  service,
  watching,
  widgetDefinition,
  widgetDefinitionRef,
  type ClusterWorld,
} from './cluster-world.ts';
import type { Contract } from './contract.ts';

function widgetRef({ group, namespace }: ClusterWorld, name: string): ObjectRef {
  return { group, version: 'v1', kind: 'Widget', namespace, name };
}

const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

/** What a watch tells, and that it goes on telling. */
export const clusterWatchingCases: Contract<ClusterWorld> = {
  'tells what there is, then that this is all, then what happens': async (world, equal) => {
    const [one, two] = [refIn(world, 'one'), refIn(world, 'two')];
    await world.apply(objectOf(one));
    await watching({ cluster: world.cluster, scope: scopeOf(world) }, async (told) => {
      await told.until(() => told.events.some(({ kind }) => kind === 'in-sync'));
      const first = told.events.findIndex(({ kind }) => kind === 'in-sync');
      equal(
        told.events.slice(0, first).every(({ kind }) => kind === 'applied'),
        true,
      );
      equal(namesOf(told.live.values()), ['one']);

      await world.apply(objectOf(two, { data: { a: '1' } }));
      await world.apply(objectOf(two, { data: { a: '2' } }));
      await world.remove(one);
      await told.until(() => told.of(one) === undefined);

      equal(told.historyOf(two), ['applied', 'applied']);
      equal(told.of(two)?.object['data'], { a: '2' });
      equal(told.historyOf(one), ['applied', 'deleted']);
    });
  },
  'tells nothing of other namespaces, however many it looks at': async (world, equal) => {
    const namespaces = [world.namespace, ...Array.from({ length: 9 }, (_, index) => `no-namespace-${String(index)}`)];
    await watching({ cluster: world.cluster, scope: scopeOf(world, { namespaces }) }, async (told) => {
      await world.apply(objectOf(refIn(world, 'one')));
      await told.until(() => told.of(refIn(world, 'one')) !== undefined);

      equal(new Set([...told.live.values()].map(({ ref }) => ref.namespace)), new Set([world.namespace]));
    });
  },
  'is fresh once everything has been told, and covers it': async (world, equal) => {
    await watching({ cluster: world.cluster, scope: scopeOf(world, { kinds: [configMap, service] }) }, async (told, watch) => {
      equal(watch.freshAt(), undefined);
      equal(watch.coverage().gaps.length > 0, true);

      await told.until(() => told.events.filter(({ kind }) => kind === 'in-sync').length === 2);

      equal(typeof watch.freshAt(), 'string');
      equal(watch.coverage(), { kinds: ['v1/ConfigMap', 'v1/Service'], namespaces: [world.namespace], gaps: [] });
    });
  },
  'tells what happened while the wire was cut': async (world, equal) => {
    const [changed, gone, anew] = [refIn(world, 'changed'), refIn(world, 'gone'), refIn(world, 'anew')];
    for (const ref of [changed, gone, anew]) await world.apply(objectOf(ref));
    await watching({ cluster: world.cluster, scope: scopeOf(world) }, async (told) => {
      await told.until(() => told.events.some(({ kind }) => kind === 'in-sync'));
      const before = told.of(anew)?.uid;

      world.cut();
      await world.apply(objectOf(changed, { data: { a: '1' } }));
      await world.remove(gone);
      await world.remove(anew);
      await world.apply(objectOf(anew));
      world.mend();
      await told.until(() => told.of(gone) === undefined && ![undefined, before].includes(told.of(anew)?.uid));

      equal(told.of(changed)?.object['data'], { a: '1' });
      equal(told.historyOf(anew).slice(-2), ['deleted', 'applied']);
    });
  },
  'says since when a server can not be reached, and that it can be again': async (world, equal) => {
    await watching({ cluster: world.cluster, scope: scopeOf(world) }, async (told, watch) => {
      await told.until(() => told.events.some(({ kind }) => kind === 'in-sync'));

      world.cut();
      await told.until(() => told.events.some(({ kind }) => kind === 'gap'));
      const seen = watch.coverage();
      const fresh = watch.freshAt();
      world.mend();
      await told.until(() => told.events.some(({ kind }) => kind === 'gap-closed'));

      equal([seen.kinds, seen.gaps.map(({ kind }) => kind)], [[], ['ConfigMap']]);
      equal(typeof fresh, 'string');
      equal(watch.coverage().gaps, []);
    });
  },
  'starts while the server can not be reached': async (world, equal) => {
    world.cut();
    await watching({ cluster: world.cluster, scope: scopeOf(world) }, async (told, watch) => {
      await told.until(() => told.events.some(({ kind }) => kind === 'gap'));
      equal([watch.freshAt(), watch.coverage().kinds, watch.coverage().gaps.length], [undefined, [], 1]);

      world.mend();
      await told.until(() => told.events.some(({ kind }) => kind === 'in-sync'));

      equal(watch.coverage().gaps, []);
    });
  },
  'goes on without a kind that it may not see, until it may': async (world, equal) => {
    const limited = world.limited();
    await watching({ cluster: limited.cluster, scope: scopeOf(world, { kinds: [configMap, service] }) }, async (told, watch) => {
      await told.until(() => watch.coverage().kinds.includes('v1/ConfigMap') && told.events.some(({ kind }) => kind === 'gap'));
      equal(
        watch.coverage().gaps.map(({ kind }) => kind),
        ['Service'],
      );
      equal(typeof watch.freshAt(), 'string');

      await limited.grant();
      await told.until(() => told.events.some(({ kind }) => kind === 'gap-closed'));

      equal(watch.coverage(), { kinds: ['v1/ConfigMap', 'v1/Service'], namespaces: [world.namespace], gaps: [] });
    });
  },
  'sees a kind that is defined later, that it is gone, and that it is back': async (world, equal) => {
    const scope = { cluster: world.name, namespaces: [world.namespace] };
    const widget = widgetRef(world, 'one');
    await watching({ cluster: world.cluster, scope }, async (told, watch) => {
      await told.until(() => told.events.some(({ kind }) => kind === 'in-sync'));

      await world.apply(widgetDefinition(world, anything));
      await world.apply(objectOf(widget, { spec: { odd: [1, null, { deep: true }] } }));
      await told.until(() => told.of(widget) !== undefined);
      equal(told.of(widget)?.object['spec'], { odd: [1, null, { deep: true }] });

      await world.remove(widgetDefinitionRef(world.group));
      await told.until(() => told.of(widget) === undefined);
      await world.apply(widgetDefinition(world, anything));
      await world.apply(objectOf(widget));
      await told.until(() => told.of(widget) !== undefined && watch.coverage().kinds.includes(`${world.group}/v1/Widget`));

      equal(watch.coverage().gaps, []);
    });
  },
  'tells nothing once it is stopped': async (world, equal) => {
    await watching({ cluster: world.cluster, scope: scopeOf(world) }, async (told, watch) => {
      await told.until(() => told.events.some(({ kind }) => kind === 'in-sync'));
      await watch.stop();
      const before = told.events.length;

      await watching({ cluster: world.cluster, scope: scopeOf(world) }, async (other) => {
        await world.apply(objectOf(refIn(world, 'late')));
        await other.until(() => other.of(refIn(world, 'late')) !== undefined);
      });

      equal(told.events.length, before);
    });
  },
};
