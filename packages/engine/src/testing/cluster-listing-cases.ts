import type { JsonObject } from '@fairlead/domain';
import type { LiveObject, ObjectScope } from '../ports/cluster.ts';
import { configMap, namesOf, objectOf, refIn, scopeOf, service, widgetDefinition, type ClusterWorld } from './cluster-world.ts';
import type { Contract } from './contract.ts';

async function listed({ cluster }: Pick<ClusterWorld, 'cluster'>, scope: ObjectScope): Promise<readonly LiveObject[]> {
  const found: LiveObject[] = [];
  await cluster.listObjects(scope, (live) => found.push(live));
  return found;
}

function elsewhere(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `no-namespace-${String(index)}`);
}

/** What a look at everything finds. */
export const clusterListingCases: Contract<ClusterWorld> = {
  'hands over each object of the scope once, whole': async (world, equal) => {
    await world.apply(objectOf(refIn(world, 'one'), { data: { level: 'info' } }));
    await world.apply(objectOf(refIn(world, 'two')));

    const objects = await listed(world, scopeOf(world));

    equal(namesOf(objects), ['one', 'two']);
    const one = objects.find(({ ref }) => ref.name === 'one');
    equal(one?.ref, refIn(world, 'one'));
    equal([one?.object['apiVersion'], one?.object['kind'], one?.object['data']], ['v1', 'ConfigMap', { level: 'info' }]);
    equal(JSON.stringify(one?.object['metadata']).includes('"manager":"somebody"'), true);
  },
  'finds the same in many namespaces as in one': async (world, equal) => {
    await world.apply(objectOf(refIn(world, 'one')));

    const objects = await listed(world, scopeOf(world, { namespaces: [world.namespace, ...elsewhere(9)] }));

    equal(namesOf(objects), ['one']);
    equal(new Set(objects.map(({ ref }) => ref.namespace)), new Set([world.namespace]));
  },
  'looks at every kind of a namespace, but not at Secrets, Events and Leases': async (world, equal) => {
    const { kinds, gaps, namespaces } = await world.cluster.listObjects(
      { cluster: world.name, namespaces: [world.namespace] },
      () => undefined,
    );

    equal(namespaces, [world.namespace]);
    equal(gaps, []);
    const seen = ['v1/ConfigMap', 'v1/Pod', 'apps/v1/Deployment', 'batch/v1/CronJob', 'rbac.authorization.k8s.io/v1/Role'];
    equal(kinds.filter((kind) => seen.includes(kind)).toSorted(), seen.toSorted());
    equal(
      kinds.filter((kind) => /\/(Secret|Event|Lease|EndpointSlice|ControllerRevision|Namespace|Node)$/.test(kind)),
      [],
    );
  },
  'sees of a Secret that is named that it is there, and no value': async (world, equal) => {
    const applied = { 'kubectl.kubernetes.io/last-applied-configuration': '{"stringData":{"a":"hunter2"}}', note: 'kept' };
    const secret = objectOf(refIn(world, 'login', 'Secret'), { stringData: { a: 'hunter2' } });
    await world.apply({ ...secret, metadata: { name: 'login', namespace: world.namespace, annotations: applied } });

    const objects = await listed(world, scopeOf(world, { kinds: [{ group: '', kind: 'Secret' }] }));

    const login = objects.find(({ ref }) => ref.name === 'login');
    equal(login?.object['kind'], 'Secret');
    const text = JSON.stringify(login?.object);
    equal([text.includes('kept'), text.includes('hunter2'), text.includes('aHVudGVyMg')], [true, false, false]);
  },
  'leaves out a kind that it may not list, and says so': async (world, equal) => {
    await world.apply(objectOf(refIn(world, 'one')));
    const { cluster } = world.limited();

    const objects: LiveObject[] = [];
    const coverage = await cluster.listObjects(scopeOf(world, { kinds: [configMap, service] }), (live) => objects.push(live));

    equal(namesOf(objects), ['one']);
    equal(coverage.kinds, ['v1/ConfigMap']);
    equal(
      coverage.gaps.map(({ kind, namespace }) => [kind, namespace]),
      [['Service', world.namespace]],
    );
    equal(coverage.gaps[0]?.reason.includes('403'), true);
  },
  'says that a named kind is not served': async (world, equal) => {
    const { kinds, gaps } = await world.cluster.listObjects(
      scopeOf(world, { kinds: [{ group: world.group, kind: 'Widget' }] }),
      () => undefined,
    );

    equal(kinds, []);
    equal(
      gaps.map(({ group, kind }) => [group, kind]),
      [[world.group, 'Widget']],
    );
  },
  'hands over an object of a megabyte, and one of five thousand keys': async (world, equal) => {
    const keys = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`key-${String(index)}`, `value ${String(index)}`]));
    await world.apply(objectOf(refIn(world, 'large'), { data: { text: 'x'.repeat(1_000_000) } }));
    await world.apply(objectOf(refIn(world, 'many'), { data: keys }));

    const objects = new Map((await listed(world, scopeOf(world))).map(({ ref, object }) => [ref.name, object['data']]));

    equal(objects.get('many'), keys);
    equal(JSON.stringify(objects.get('large')).length, 1_000_000 + '{"text":""}'.length);
  },
  'knows which kinds are served, and which of them are custom': async (world, equal) => {
    await world.apply(widgetDefinition(world, { type: 'object' }));

    const { kinds } = await world.cluster.servedKinds(world.name);

    const deployment = kinds.find(({ group, kind }) => group === 'apps' && kind === 'Deployment');
    equal([deployment?.version, deployment?.resource, deployment?.namespaced, deployment?.custom], ['v1', 'deployments', true, false]);
    equal(
      ['get', 'list', 'watch', 'patch'].every((verb) => deployment?.verbs.includes(verb)),
      true,
    );
    equal(kinds.find(({ kind }) => kind === 'Namespace')?.namespaced, false);
    const widget = kinds.find(({ group }) => group === world.group);
    equal([widget?.version, widget?.kind, widget?.resource, widget?.custom], ['v1', 'Widget', 'widgets', true]);
  },
  'knows the schemas of custom kinds, in the versions that are served': async (world, equal) => {
    const list = { type: 'array', 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'], items: named };
    await world.apply(widgetDefinition(world, { type: 'object', properties: { spec: { type: 'object', properties: { list } } } }));

    const schemas = await world.cluster.customSchemas(world.name);

    const ours = Object.entries(schemas).filter(([name]) => name.startsWith(world.group));
    equal(
      ours.map(([name]) => name),
      [`${world.group}/v1/Widget`],
    );
    equal(JSON.stringify(ours[0]?.[1]).includes('"x-kubernetes-list-map-keys":["name"]'), true);
  },
};

const named: JsonObject = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
