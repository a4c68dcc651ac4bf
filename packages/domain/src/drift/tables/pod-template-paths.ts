import type { FieldPath } from './api-default.ts';

/** Where each kind holds what its pods are made from, by `group/Kind`. A pod is one itself. */
export const podTemplatePaths = {
  '/Pod': [],
  '/PodTemplate': ['template'],
  '/ReplicationController': ['spec', 'template'],
  'apps/DaemonSet': ['spec', 'template'],
  'apps/Deployment': ['spec', 'template'],
  'apps/ReplicaSet': ['spec', 'template'],
  'apps/StatefulSet': ['spec', 'template'],
  'batch/CronJob': ['spec', 'jobTemplate', 'spec', 'template'],
  'batch/Job': ['spec', 'template'],
} as const satisfies Readonly<Record<string, FieldPath>>;
