import type { KubernetesWire } from '../../http/kubernetes/kubernetes-wire.ts';
import { classicDiscovery } from './discovery/classic-discovery.ts';
import { aggregatedKinds, aggregatedTypes, isAggregated } from './discovery/aggregated-discovery.ts';
import type { Discovered } from './discovery/discovered-groups.ts';

/** What the server serves, in two requests where it aggregates, else in one for each version of a group. */
export async function discoverKinds(wire: KubernetesWire, at: string): Promise<Discovered> {
  const answers = await Promise.all(['/api', '/apis'].map((path) => wire.ask({ path, accept: aggregatedTypes })));
  const bodies = answers.map(({ body }) => body);
  return bodies.every(isAggregated) ? aggregatedKinds(bodies, at) : classicDiscovery(wire, bodies, at);
}
