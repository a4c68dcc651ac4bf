import type { JsonObject } from '../json/json.ts';
import { objectAt, textAt, withDefaults } from '../json/json-path.ts';
import { eachItem } from './pod-defaults.ts';

export function defaultService(object: JsonObject): JsonObject {
  const spec = withDefaults(objectAt(object, 'spec'), { type: 'ClusterIP', sessionAffinity: 'None' });
  const type = textAt(spec, 'type');
  const external = type === 'LoadBalancer' || type === 'NodePort';
  const defaulted = withDefaults(spec, {
    ...(type !== 'ExternalName' && { internalTrafficPolicy: 'Cluster' }),
    ...(external && { externalTrafficPolicy: 'Cluster' }),
    ...(type === 'LoadBalancer' && { allocateLoadBalancerNodePorts: true }),
  });
  return { ...object, spec: eachItem(defaulted, 'ports', defaultPort) };
}

function defaultPort(port: JsonObject): JsonObject {
  return withDefaults(port, { protocol: 'TCP', ...(port['port'] !== undefined && { targetPort: port['port'] }) });
}
