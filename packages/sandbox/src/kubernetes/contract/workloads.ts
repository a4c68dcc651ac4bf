import type { JsonObject } from '../json/json.ts';

export const firstImage = `registry.example.test/web@sha256:${'a'.repeat(64)}`;
export const secondImage = `registry.example.test/web@sha256:${'b'.repeat(64)}`;

interface WorkloadOptions {
  readonly image?: string;
  readonly replicas?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

interface Manifest extends JsonObject {
  readonly spec: JsonObject;
}

export function deployment(name: string, { image = firstImage, replicas = 1, labels, annotations = {} }: WorkloadOptions = {}): Manifest {
  const own = labels ?? { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: own },
      template: {
        metadata: { labels: own, annotations },
        spec: { containers: [{ name: 'web', image, env: [{ name: 'MODE', value: 'dev' }], ports: [{ containerPort: 8080 }] }] },
      },
    },
  };
}

export function job(name: string, annotations: Readonly<Record<string, string>> = {}): JsonObject {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: {
      backoffLimit: 0,
      template: {
        metadata: { annotations },
        spec: { restartPolicy: 'Never', containers: [{ name: 'work', image: firstImage }] },
      },
    },
  };
}
