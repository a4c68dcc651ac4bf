import type { Cause } from '../api/status-error.ts';
import { isObject, type JsonObject } from '../json/json.ts';
import { at, flagAt, numberAt, objectAt, objectsAt, textAt, textMapAt, withAt } from '../json/json-path.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { labelSelectorOf } from '../store/label-selector.ts';
import { invalidValue, requiredValue } from './cause.ts';
import { validateChange } from './validate-change.ts';
import { validateFinalizers, validateMetadata } from './validate-metadata.ts';
import { validatePodSpec } from './validate-pod-spec.ts';

type Validate = (object: JsonObject) => readonly Cause[];

const rules: Readonly<Record<string, Validate>> = {
  'deployments.apps': validateWorkload,
  'statefulsets.apps': (object) => validateWorkload(withClaimVolumes(object)),
  'daemonsets.apps': validateWorkload,
  'replicasets.apps': validateWorkload,
  'jobs.batch': (object) => validatePodSpec(objectAt(object, 'spec', 'template', 'spec'), 'spec.template.spec'),
  'podtemplates.': (object) => validatePodSpec(objectAt(object, 'template', 'spec'), 'template.spec'),
  'pods.': (object) => validatePodSpec(objectAt(object, 'spec'), 'spec'),
  'services.': validateService,
  'horizontalpodautoscalers.autoscaling': validateAutoscaler,
  'customresourcedefinitions.apiextensions.k8s.io': validateDefinition,
};

/** Every fault of an object about to be stored; of an update, what it may not change, too. */
export function validateObject(type: ResourceType, object: JsonObject, current: JsonObject | undefined): readonly Cause[] {
  const own = [...validateMetadata(type, object), ...(rules[type.id]?.(object) ?? [])];
  if (current === undefined) return own;
  return [...own, ...validateFinalizers(object, current), ...validateChange(type.id, object, current)];
}

function validateWorkload(object: JsonObject): readonly Cause[] {
  const template = objectAt(object, 'spec', 'template');
  const pod = validatePodSpec(objectAt(template, 'spec'), 'spec.template.spec');
  const replicas = numberAt(object, 'spec', 'replicas') ?? 0;
  const negative = replicas < 0 ? [invalidValue('spec.replicas', replicas, 'must be greater than or equal to 0')] : [];
  const selector = at(object, 'spec', 'selector');
  const labels = at(template, 'metadata', 'labels');
  const matches = isObject(selector) && labelSelectorOf(selector)(textMapAt(labels));
  const missing = isObject(selector) ? [] : [requiredValue('spec.selector')];
  const unmatched = invalidValue('spec.template.metadata.labels', labels ?? null, '`selector` does not match template `labels`');
  return [...negative, ...missing, ...(matches ? [] : [unmatched]), ...pod];
}

/** A claim template is a volume of each pod, though the pod template doesn't name it. */
function withClaimVolumes(set: JsonObject): JsonObject {
  const path = ['spec', 'template', 'spec', 'volumes'];
  const claims = objectsAt(set, 'spec', 'volumeClaimTemplates').map((claim) => ({ name: textAt(claim, 'metadata', 'name') ?? '' }));
  return claims.length === 0 ? set : withAt(set, path, [...objectsAt(set, ...path), ...claims]);
}

function validateService(object: JsonObject): readonly Cause[] {
  const ports = objectsAt(object, 'spec', 'ports');
  const headless = textAt(object, 'spec', 'clusterIP') === 'None' || textAt(object, 'spec', 'type') === 'ExternalName';
  if (ports.length === 0 && !headless) return [requiredValue('spec.ports')];
  return ports.flatMap((port, index) => {
    const here = `spec.ports[${index.toString()}]`;
    const named = ports.length > 1 && textAt(port, 'name') === undefined ? [requiredValue(`${here}.name`)] : [];
    const number = numberAt(port, 'port') ?? 0;
    const inRange = number >= 1 && number <= 65535;
    return [...named, ...(inRange ? [] : [invalidValue(`${here}.port`, number, 'must be between 1 and 65535, inclusive')])];
  });
}

function validateAutoscaler(autoscaler: JsonObject): readonly Cause[] {
  const most = numberAt(autoscaler, 'spec', 'maxReplicas') ?? 0;
  const least = numberAt(autoscaler, 'spec', 'minReplicas') ?? 1;
  return most >= least ? [] : [invalidValue('spec.maxReplicas', most, 'must be greater than or equal to `minReplicas`')];
}

function validateDefinition(definition: JsonObject): readonly Cause[] {
  const plural = textAt(definition, 'spec', 'names', 'plural') ?? '';
  const group = textAt(definition, 'spec', 'group') ?? '';
  const name = textAt(definition, 'metadata', 'name') ?? '';
  const expected = `${plural}.${group}`;
  const stored = objectsAt(definition, 'spec', 'versions').filter((version) => flagAt(version, 'storage'));
  return [
    ...(name === expected ? [] : [invalidValue('metadata.name', name, `must be spec.names.plural+"."+spec.group`)]),
    ...(stored.length === 1 ? [] : [invalidValue('spec.versions', [], 'must have exactly one version marked as storage version')]),
  ];
}
