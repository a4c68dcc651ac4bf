import type { Cause } from '../api/status-error.ts';
import type { JsonObject } from '../json/json.ts';
import { textAt, textMapAt, textsAt } from '../json/json-path.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { forbiddenField, invalidValue, requiredValue } from './cause.ts';

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const subdomain = `${label}(\\.${label})*`;

const subdomainRule =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric " +
  `character (e.g. 'example.com', regex used for validation is '${subdomain}')`;
const labelRule =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character " +
  `(e.g. 'my-name',  or '123-abc', regex used for validation is '${label}')`;
const labelValueRule =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric " +
  "character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

const byLabel = new Set(['namespaces.', 'services.']);

export function validateMetadata(type: ResourceType, object: JsonObject): readonly Cause[] {
  const name = textAt(object, 'metadata', 'name') ?? '';
  if (name === '') return [requiredValue('metadata.name', 'name or generateName is required')];
  return [...nameCauses(type, name), ...labelCauses(object)];
}

function nameCauses(type: ResourceType, name: string): readonly Cause[] {
  if (type.group === 'rbac.authorization.k8s.io') {
    return /[/%]|^\.\.?$/.test(name) ? [invalidValue('metadata.name', name, "may not contain '/' or '%'")] : [];
  }
  const [pattern, rule, limit] = byLabel.has(type.id) ? ([label, labelRule, 63] as const) : ([subdomain, subdomainRule, 253] as const);
  if (name.length > limit) return [invalidValue('metadata.name', name, `must be no more than ${limit.toString()} characters`)];
  return new RegExp(`^${pattern}$`).test(name) ? [] : [invalidValue('metadata.name', name, rule)];
}

function labelCauses(object: JsonObject): readonly Cause[] {
  return Object.values(textMapAt(object, 'metadata', 'labels')).flatMap((value) => {
    if (value.length > 63) return [invalidValue('metadata.labels', value, 'must be no more than 63 characters')];
    return /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/.test(value) ? [] : [invalidValue('metadata.labels', value, labelValueRule)];
  });
}

/** An object that is going away takes no new finalizers: its owner could never finish. */
export function validateFinalizers(object: JsonObject, current: JsonObject): readonly Cause[] {
  if (textAt(current, 'metadata', 'deletionTimestamp') === undefined) return [];
  const known = textsAt(current, 'metadata', 'finalizers');
  const fresh = textsAt(object, 'metadata', 'finalizers').filter((finalizer) => !known.includes(finalizer));
  if (fresh.length === 0) return [];
  const list = fresh.map((finalizer) => JSON.stringify(finalizer)).join(', ');
  return [
    forbiddenField(
      'metadata.finalizers',
      `no new finalizers can be added if the object is being deleted, found new finalizers []string{${list}}`,
    ),
  ];
}
