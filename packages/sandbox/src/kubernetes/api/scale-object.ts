import { isObject, type Json, type JsonObject } from '../json/json.ts';
import { at, numberAt, objectAt, textAt, withAt } from '../json/json-path.ts';
import { plainSchema } from '../fields/built-in-schemas.ts';
import type { KubeObject } from '../resources/kube-object.ts';
import type { ScalePaths } from '../resources/resource-type.ts';
import { labelSelectorText } from '../store/label-selector.ts';
import type { Cluster, Target, Writer } from './cluster.ts';
import { mergedBy, type Patch } from './patch-object.ts';
import { badRequest, noSuchResource } from './status-error.ts';
import { readObject } from './stored-object.ts';
import { updateObject } from './update-object.ts';

export function readScale(cluster: Cluster, target: Target): JsonObject {
  return scaleOf(target, readObject(cluster, target));
}

export type ScaleChange = { readonly kind: 'put'; readonly body: Json } | { readonly kind: 'patch'; readonly patch: Patch };

export function writeScale(
  cluster: Cluster,
  target: Target,
  { change, writer }: { readonly change: ScaleChange; readonly writer: Writer },
): JsonObject {
  const paths = scalePaths(target);
  const updated = updateObject(cluster, {
    target,
    writer,
    subresource: 'scale',
    propose: (current) => {
      const scale = change.kind === 'put' ? change.body : mergedBy({ ...change.patch, schema: plainSchema }, scaleOf(target, current));
      if (!isObject(scale)) throw badRequest('the object provided is not a Scale');
      const replicas = numberAt(scale, 'spec', 'replicas') ?? 0;
      const { uid, resourceVersion } = metadataOf(scale, current);
      return { object: withAt({ ...current, metadata: { ...current.metadata, uid, resourceVersion } }, paths.specReplicas, replicas) };
    },
  });
  return scaleOf(target, updated);
}

function metadataOf(scale: JsonObject, current: KubeObject): { readonly uid: string; readonly resourceVersion: string } {
  const said = (key: string): string => textAt(scale, 'metadata', key) ?? '';
  return {
    uid: said('uid') === '' ? current.metadata.uid : said('uid'),
    resourceVersion: said('resourceVersion') === '' ? current.metadata.resourceVersion : said('resourceVersion'),
  };
}

function scaleOf(target: Target, object: KubeObject): JsonObject {
  const paths = scalePaths(target);
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const replicas = numberAt(object, ...paths.specReplicas) ?? 0;
  const selector = at(object, ...paths.selector);
  const text = typeof selector === 'string' ? selector : labelSelectorText(objectAt(selector));
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, ...(namespace !== undefined && { namespace }), uid, resourceVersion, creationTimestamp },
    spec: replicas === 0 ? {} : { replicas },
    status: { replicas: numberAt(object, ...paths.statusReplicas) ?? 0, ...(text !== '' && { selector: text }) },
  };
}

function scalePaths({ type }: Target): ScalePaths {
  if (type.scale === undefined) throw noSuchResource();
  return type.scale;
}
