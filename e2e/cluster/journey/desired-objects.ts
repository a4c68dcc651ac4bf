import type { JsonObject } from '@fairlead/domain';

const labels = { app: 'web' };

/** Something small that every cluster can run. */
export const desiredObjects: readonly JsonObject[] = [
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { LEVEL: 'info' } },
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { selector: labels, ports: [{ name: 'http', port: 80 }] } },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'web', image: 'registry.k8s.io/pause:3.10', env: [{ name: 'MODE', value: 'e2e' }] }] },
      },
    },
  },
];
