import type { Cause } from '../api/status-error.ts';
import { isObject, sameJson, type Json, type JsonObject } from '../json/json.ts';
import { at, flagAt, numberAt, objectAt, objectsAt, textAt, textMapAt, without } from '../json/json-path.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { labelSelectorOf } from '../store/label-selector.ts';
import { forbiddenField, immutable, invalidValue, requiredValue } from './cause.ts';
import { validateFinalizers, validateMetadata } from './validate-metadata.ts';
import { validatePodSpec } from './validate-pod-spec.ts';

type Validate = (object: JsonObject) => readonly Cause[];
type ValidateUpdate = (object: JsonObject, current: JsonObject) => readonly Cause[];

const rules: Readonly<Record<string, Validate>> = {
  'deployments.apps': validateWorkload,
  'statefulsets.apps': validateWorkload,
  'daemonsets.apps': validateWorkload,
  'replicasets.apps': validateWorkload,
  'jobs.batch': (object) => validatePodSpec(objectAt(object, 'spec', 'template', 'spec'), 'spec.template.spec'),
  'pods.': (object) => validatePodSpec(objectAt(object, 'spec'), 'spec'),
  'services.': validateService,
  'customresourcedefinitions.apiextensions.k8s.io': validateDefinition,
};

const updateRules: Readonly<Record<string, ValidateUpdate>> = {
  'deployments.apps': sameFields('spec.selector'),
  'daemonsets.apps': sameFields('spec.selector'),
  'replicasets.apps': sameFields('spec.selector'),
  'statefulsets.apps': validateStatefulSetUpdate,
  'jobs.batch': sameFields('spec.selector', 'spec.template', 'spec.completionMode'),
  'services.': sameFields('spec.clusterIP'),
  'persistentvolumeclaims.': sameFields('spec.accessModes', 'spec.storageClassName', 'spec.volumeMode'),
  'configmaps.': validateImmutable,
  'secrets.': (object, current) => [...sameFields('type')(object, current), ...validateImmutable(object, current)],
  'rolebindings.rbac.authorization.k8s.io': sameFields('roleRef'),
  'clusterrolebindings.rbac.authorization.k8s.io': sameFields('roleRef'),
  'customresourcedefinitions.apiextensions.k8s.io': sameFields('spec.group', 'spec.scope', 'spec.names.plural', 'spec.names.kind'),
};

/** Every fault of an object about to be stored; of an update, what it may not change, too. */
export function validateObject(type: ResourceType, object: JsonObject, current: JsonObject | undefined): readonly Cause[] {
  const own = [...validateMetadata(type, object), ...(rules[type.id]?.(object) ?? [])];
  if (current === undefined) return own;
  return [...own, ...validateFinalizers(object, current), ...(updateRules[type.id]?.(object, current) ?? [])];
}

function validateWorkload(object: JsonObject): readonly Cause[] {
  const template = objectAt(object, 'spec', 'template');
  const pod = validatePodSpec(objectAt(template, 'spec'), 'spec.template.spec');
  const replicas = numberAt(object, 'spec', 'replicas') ?? 0;
  const negative = replicas < 0 ? [invalidValue('spec.replicas', replicas, 'must be greater than or equal to 0')] : [];
  const selector = at(object, 'spec', 'selector');
  if (!isObject(selector)) return [...negative, requiredValue('spec.selector'), ...pod];

  const labels = textMapAt(template, 'metadata', 'labels');
  const unmatched = invalidValue('spec.template.metadata.labels', { ...labels }, '`selector` does not match template `labels`');
  return [...negative, ...(labelSelectorOf(selector)(labels) ? [] : [unmatched]), ...pod];
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

const changeable = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

function validateStatefulSetUpdate(object: JsonObject, current: JsonObject): readonly Cause[] {
  const fixed = (value: JsonObject): JsonObject => without(objectAt(value, 'spec'), ...changeable);
  if (sameJson(fixed(object), fixed(current))) return [];
  const list = changeable.slice(0, -1).map((name) => `'${name}'`);
  return [
    forbiddenField('spec', `updates to statefulset spec for fields other than ${list.join(', ')} and 'minReadySeconds' are forbidden`),
  ];
}

function validateImmutable(object: JsonObject, current: JsonObject): readonly Cause[] {
  if (!flagAt(current, 'immutable')) return [];
  const said = 'field is immutable when `immutable` is set';
  return ['immutable', 'data', 'binaryData']
    .filter((field) => !sameJson(object[field], current[field]))
    .map((field) => forbiddenField(field, said));
}

function sameFields(...fields: readonly string[]): ValidateUpdate {
  return (object, current) =>
    fields.flatMap((field) => {
      const value: Json | undefined = at(object, ...field.split('.'));
      return sameJson(value, at(current, ...field.split('.'))) ? [] : [invalidValue(field, value ?? null, immutable)];
    });
}
