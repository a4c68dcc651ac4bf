import type { Cause } from '../api/status-error.ts';
import { sameJson, type JsonObject } from '../json/json.ts';
import { at, objectsAt, textAt } from '../json/json-path.ts';
import { forbiddenField, invalidValue, requiredValue } from './cause.ts';

export function validatePodSpec(spec: JsonObject, path: string): readonly Cause[] {
  const containers = objectsAt(spec, 'containers');
  if (containers.length === 0) return [requiredValue(`${path}.containers`)];
  const volumes = objectsAt(spec, 'volumes').map((volume) => textAt(volume, 'name') ?? '');
  const faults = ['containers', 'initContainers'].flatMap((list) => {
    const here = `${path}.${list}`;
    return [...validateContainers(objectsAt(spec, list), here), ...validateMounts(objectsAt(spec, list), { path: here, volumes })];
  });
  return [...validateVolumes(objectsAt(spec, 'volumes'), `${path}.volumes`), ...faults];
}

/** In the order in which the server looks, so that it is the second source that is too many. */
const sources = [
  'emptyDir',
  'hostPath',
  'secret',
  'configMap',
  'projected',
  'downwardAPI',
  'persistentVolumeClaim',
  'csi',
  'ephemeral',
  'nfs',
];

function validateVolumes(volumes: readonly JsonObject[], path: string): readonly Cause[] {
  return volumes.flatMap((volume, index) => {
    const [, ...more] = sources.filter((source) => volume[source] !== undefined);
    return more.map((source) => forbiddenField(`${path}[${index.toString()}].${source}`, 'may not specify more than 1 volume type'));
  });
}

function validateContainers(containers: readonly JsonObject[], path: string): readonly Cause[] {
  const seen = new Set<string>();
  return containers.flatMap((container, index) => {
    const here = `${path}[${index.toString()}]`;
    const name = textAt(container, 'name') ?? '';
    const duplicate = seen.has(name);
    seen.add(name);
    return [
      ...(name === '' ? [requiredValue(`${here}.name`)] : []),
      ...(duplicate && name !== ''
        ? [{ reason: 'FieldValueDuplicate', message: `Duplicate value: "${name}"`, field: `${here}.name` }]
        : []),
      ...((textAt(container, 'image') ?? '') === '' ? [requiredValue(`${here}.image`)] : []),
      ...validateVariables(container, here),
    ];
  });
}

interface Mounting {
  readonly path: string;
  readonly volumes: readonly string[];
}

function validateMounts(containers: readonly JsonObject[], { path, volumes }: Mounting): readonly Cause[] {
  return containers.flatMap((container, index) =>
    objectsAt(container, 'volumeMounts').flatMap((mount, place) => {
      const name = textAt(mount, 'name') ?? '';
      const field = `${path}[${index.toString()}].volumeMounts[${place.toString()}].name`;
      return volumes.includes(name) ? [] : [{ reason: 'FieldValueNotFound', message: `Not found: "${name}"`, field }];
    }),
  );
}

const sourceNeeded = 'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`';

function validateVariables(container: JsonObject, path: string): readonly Cause[] {
  return objectsAt(container, 'env').flatMap((variable, index) => {
    const here = `${path}.env[${index.toString()}]`;
    if ((textAt(variable, 'name') ?? '') === '') return [requiredValue(`${here}.name`)];
    const from = at(variable, 'valueFrom');
    if (sameJson(from, {})) return [invalidValue(`${here}.valueFrom`, '', sourceNeeded)];
    const both = (textAt(variable, 'value') ?? '') !== '' && from !== undefined;
    return both ? [invalidValue(`${here}.valueFrom`, '', 'may not be specified when `value` is not empty')] : [];
  });
}
