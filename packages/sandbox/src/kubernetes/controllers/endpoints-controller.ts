import type { Cluster } from '../api/cluster.ts';
import { sameJson, type Json, type JsonObject } from '../json/json.ts';
import { at, numberAt, objectAt, objectsAt, textAt, textMapAt } from '../json/json-path.ts';
import { controllerReference, type KubeObject } from '../resources/kube-object.ts';
import { labelSelectorOf } from '../store/label-selector.ts';
import { clientFor, type Client } from './client.ts';
import { controlledBy, objectController, type Controller } from './controller.ts';
import { isActive, isReady, isTerminating } from './pods.ts';

const slices = 'endpointslices.discovery.k8s.io';

/** One EndpointSlice for each Service with a selector, with the pods that serve. */
export function endpointsController(cluster: Cluster): Controller {
  const client = clientFor(cluster, 'kube-controller-manager');
  const ofSlice = controlledBy('Service');
  return objectController(cluster.store, {
    typeId: 'services.',
    related: (object, event) => {
      if (event.typeId === slices) return ofSlice(object);
      if (event.typeId !== 'pods.') return [];
      return client
        .list('services.', object.metadata.namespace)
        .filter((service) => selects(service, object))
        .map(({ metadata }) => metadata);
    },
    reconcile: (service) => {
      if (!isTerminating(service) && at(service, 'spec', 'selector') !== undefined) publish(client, service);
      return undefined;
    },
  });
}

function selects(service: KubeObject, pod: KubeObject): boolean {
  const matchLabels = { ...textMapAt(service, 'spec', 'selector') };
  return Object.keys(matchLabels).length > 0 && labelSelectorOf({ matchLabels })(pod.metadata.labels ?? {});
}

function publish(client: Client, service: KubeObject): void {
  const pods = client.list('pods.', service.metadata.namespace).filter((pod) => isActive(pod) && selects(service, pod));
  const content: JsonObject = {
    addressType: 'IPv4',
    endpoints: pods.filter((pod) => textAt(pod, 'status', 'podIP') !== undefined).map(endpoint),
    ports: objectsAt(service, 'spec', 'ports').map((port) => slicePort(port, pods[0])),
  };
  const present = client.controlled(slices, service)[0];
  if (present === undefined) {
    client.create(slices, { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata: metadataFor(service), ...content });
    return;
  }
  const same = Object.entries(content).every(([key, value]) => sameJson(value, present[key]));
  if (!same) client.update(slices, { ...present, ...content });
}

function metadataFor(service: KubeObject): JsonObject {
  const { name, namespace } = service.metadata;
  return {
    generateName: `${name}-`,
    ...(namespace !== undefined && { namespace }),
    labels: { 'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io', 'kubernetes.io/service-name': name },
    ownerReferences: [controllerReference(service)],
  };
}

function endpoint(pod: KubeObject): Json {
  const { name, namespace, uid } = pod.metadata;
  const ready = isReady(pod);
  return {
    addresses: [textAt(pod, 'status', 'podIP') ?? ''],
    conditions: { ready, serving: ready, terminating: false },
    nodeName: textAt(pod, 'spec', 'nodeName') ?? '',
    targetRef: { kind: 'Pod', name, ...(namespace !== undefined && { namespace }), uid },
  };
}

/** A named target port is the container's to resolve. */
function slicePort(port: JsonObject, pod: KubeObject | undefined): Json {
  const target = port['targetPort'] ?? port['port'];
  const ports = objectsAt(objectAt(pod, 'spec'), 'containers').flatMap((container) => objectsAt(container, 'ports'));
  const named = ports.find((one) => textAt(one, 'name') === target);
  const number = typeof target === 'number' ? target : (numberAt(named, 'containerPort') ?? 0);
  return { name: textAt(port, 'name') ?? '', port: number, protocol: textAt(port, 'protocol') ?? 'TCP' };
}
