import type { Cause } from '../api/status-error.ts';
import { sameJson, type Json, type JsonObject } from '../json/json.ts';
import { at, flagAt, objectAt, without } from '../json/json-path.ts';
import { forbiddenField, invalidValue } from './cause.ts';

type ValidateChange = (object: JsonObject, current: JsonObject) => readonly Cause[];

const roleRef = fixed({ field: 'roleRef', because: 'cannot change roleRef' });

const rules: Readonly<Record<string, ValidateChange>> = {
  'deployments.apps': fixed({ field: 'spec.selector' }),
  'daemonsets.apps': fixed({ field: 'spec.selector' }),
  'replicasets.apps': fixed({ field: 'spec.selector' }),
  'statefulsets.apps': validateStatefulSet,
  'jobs.batch': fixed({ field: 'spec.selector' }, { field: 'spec.template.spec' }, { field: 'spec.completionMode' }),
  'services.': fixed({ field: 'spec.clusterIP', because: 'may not change once set' }),
  'persistentvolumeclaims.': validateClaim,
  'configmaps.': validateSealed,
  'secrets.': (object, current) => [...fixed({ field: 'type' })(object, current), ...validateSealed(object, current)],
  'rolebindings.rbac.authorization.k8s.io': roleRef,
  'clusterrolebindings.rbac.authorization.k8s.io': roleRef,
  'customresourcedefinitions.apiextensions.k8s.io': fixed(
    { field: 'spec.group' },
    { field: 'spec.scope' },
    { field: 'spec.names.plural' },
    { field: 'spec.names.kind' },
  ),
};

/** What an update of an object of this resource may not change. */
export function validateChange(typeId: string, object: JsonObject, current: JsonObject): readonly Cause[] {
  return rules[typeId]?.(object, current) ?? [];
}

interface Fixed {
  readonly field: string;
  readonly because?: string;
}

function fixed(...fields: readonly Fixed[]): ValidateChange {
  return (object, current) =>
    fields.flatMap(({ field, because = 'field is immutable' }) => {
      const value: Json | undefined = at(object, ...field.split('.'));
      return sameJson(value, at(current, ...field.split('.'))) ? [] : [invalidValue(field, value ?? null, because)];
    });
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

function validateStatefulSet(object: JsonObject, current: JsonObject): readonly Cause[] {
  const rest = (value: JsonObject): JsonObject => without(objectAt(value, 'spec'), ...changeable);
  if (sameJson(rest(object), rest(current))) return [];
  const list = changeable.slice(0, -1).map((name) => `'${name}'`);
  return [
    forbiddenField('spec', `updates to statefulset spec for fields other than ${list.join(', ')} and 'minReadySeconds' are forbidden`),
  ];
}

function validateClaim(object: JsonObject, current: JsonObject): readonly Cause[] {
  const rest = (value: JsonObject): JsonObject => without(objectAt(value, 'spec'), 'resources', 'volumeAttributesClassName');
  if (sameJson(rest(object), rest(current))) return [];
  const said = 'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';
  return [forbiddenField('spec', said)];
}

/** Config maps and secrets that say that they never change. */
function validateSealed(object: JsonObject, current: JsonObject): readonly Cause[] {
  if (!flagAt(current, 'immutable')) return [];
  return ['immutable', 'data', 'binaryData']
    .filter((field) => !sameJson(object[field], current[field]))
    .map((field) => forbiddenField(field, 'field is immutable when `immutable` is set'));
}
