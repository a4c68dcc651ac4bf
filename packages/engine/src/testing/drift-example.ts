import type { JsonObject } from '@fairlead/domain';

/** A service as a team has it. The namespace is the environment's own. */
export function driftExample(namespace: string): readonly JsonObject[] {
  return [webDeployment, webService, webConfig].map((object) => ({ ...object, metadata: { ...object.metadata, namespace } }));
}

const image = 'registry.example.test/web@sha256:c4719afa76fa448b5eca99e6736885846501d17956f2fcb2de5c916d723f3a87';
export const otherImage = 'registry.example.test/web@sha256:eda660b86a323682a664b46a9dbb0b7b1f4d9f2a7a4c4c0c9f9c7a0f6f8d1e2b';

export const webDeployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', labels: { app: 'web' } },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: [
          {
            name: 'web',
            image,
            env: [{ name: 'MODE', value: 'dev' }],
            envFrom: [{ configMapRef: { name: 'web-config' } }],
            ports: [{ name: 'http', containerPort: 8080 }],
            resources: { requests: { cpu: 0.1, memory: '64Mi' }, limits: { memory: '0.125Gi' } },
          },
        ],
      },
    },
  },
} as const;

const webService = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
} as const;

const webConfig = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'web-config' },
  data: { GREETING: 'hello', EMPTY: '' },
} as const;

export const webAutoscaler = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'web' },
  spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, minReplicas: 2, maxReplicas: 5 },
} as const;

export const webPolicy = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'web' },
  spec: { podSelector: { matchLabels: { app: 'web' } } },
} as const;

export const steps = ['migrate', 'warm'].map((name) => ({ name, image }));
export const preparedDeployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'prepared' },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'prepared' } },
    template: {
      metadata: { labels: { app: 'prepared' } },
      spec: { serviceAccount: 'web', initContainers: steps, containers: [{ name: 'web', image }] },
    },
  },
} as const;

export const choicelessService = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'choiceless' },
  spec: { clusterIP: '', type: '', sessionAffinity: '', selector: { app: 'web' }, ports: [{ name: 'http', port: 80, nodePort: 0 }] },
} as const;
