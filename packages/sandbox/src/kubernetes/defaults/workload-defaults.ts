import { isObject, type JsonObject } from '../json/json.ts';
import { objectAt, textAt, withDefaults } from '../json/json-path.ts';
import { defaultPodTemplate, eachItem } from './pod-defaults.ts';

export function defaultDeployment(object: JsonObject): JsonObject {
  return withSpec(object, (spec) => ({
    ...withDefaults(spec, { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 }),
    strategy: rolling(objectAt(spec, 'strategy'), { maxUnavailable: '25%', maxSurge: '25%' }),
  }));
}

export function defaultStatefulSet(object: JsonObject): JsonObject {
  return withSpec(object, (spec) => {
    const defaulted = withDefaults(spec, { replicas: 1, revisionHistoryLimit: 10, podManagementPolicy: 'OrderedReady' });
    const retention = { whenDeleted: 'Retain', whenScaled: 'Retain' };
    return {
      ...eachItem(defaulted, 'volumeClaimTemplates', defaultClaimTemplate),
      updateStrategy: rolling(objectAt(spec, 'updateStrategy'), { partition: 0 }),
      persistentVolumeClaimRetentionPolicy: withDefaults(objectAt(spec, 'persistentVolumeClaimRetentionPolicy'), retention),
    };
  });
}

function defaultClaimTemplate(template: JsonObject): JsonObject {
  const spec = withDefaults(objectAt(template, 'spec'), { volumeMode: 'Filesystem' });
  return { apiVersion: 'v1', kind: 'PersistentVolumeClaim', ...template, spec, status: { phase: 'Pending' } };
}

export function defaultDaemonSet(object: JsonObject): JsonObject {
  return withSpec(object, (spec) => ({
    ...withDefaults(spec, { revisionHistoryLimit: 10 }),
    updateStrategy: rolling(objectAt(spec, 'updateStrategy'), { maxUnavailable: 1, maxSurge: 0 }),
  }));
}

export function defaultReplicaSet(object: JsonObject): JsonObject {
  return withSpec(object, (spec) => withDefaults(spec, { replicas: 1 }));
}

export function defaultJob(object: JsonObject): JsonObject {
  return withSpec(object, (spec) => ({ ...defaultJobSpec(spec) }));
}

export function defaultCronJob(object: JsonObject): JsonObject {
  const spec = withDefaults(objectAt(object, 'spec'), {
    concurrencyPolicy: 'Allow',
    suspend: false,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
  });
  const template = objectAt(spec, 'jobTemplate');
  const jobSpec = defaultPodTemplate(objectAt(template, 'spec'));
  return { ...object, spec: { ...spec, jobTemplate: { metadata: {}, ...template, spec: jobSpec } } };
}

function defaultJobSpec(spec: JsonObject): JsonObject {
  return withDefaults(spec, {
    parallelism: 1,
    completions: 1,
    backoffLimit: 6,
    completionMode: 'NonIndexed',
    suspend: false,
    manualSelector: false,
    podReplacementPolicy: 'TerminatingOrFailed',
  });
}

function rolling(strategy: JsonObject, parameters: JsonObject): JsonObject {
  const typed = withDefaults(strategy, { type: 'RollingUpdate' });
  if (textAt(typed, 'type') !== 'RollingUpdate') return typed;
  return { ...typed, rollingUpdate: withDefaults(objectAt(typed, 'rollingUpdate'), parameters) };
}

function withSpec(object: JsonObject, change: (spec: JsonObject) => JsonObject): JsonObject {
  return isObject(object['spec']) ? { ...object, spec: defaultPodTemplate(change(object['spec'])) } : object;
}
