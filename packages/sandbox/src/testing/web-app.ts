const image = `registry.example.test/web@sha256:${'c'.repeat(64)}`;

export interface WebOptions {
  readonly image?: string;
  readonly replicas?: number;
  readonly service?: boolean;
  readonly podAnnotations?: Readonly<Record<string, string>>;
  readonly selector?: Readonly<Record<string, string>>;
  readonly progressDeadlineSeconds?: number;
  /** Of all objects, said by the kustomization. */
  readonly namespace?: string;
  /** Further manifests, by file name. */
  readonly more?: Readonly<Record<string, string>>;
}

/** An overlay with a ConfigMap, a Service and a Deployment, as in the recordings. */
export function webOverlay(name: string, options: WebOptions = {}): Record<string, string> {
  const { service = true, more = {} } = options;
  const manifests = {
    'config.yaml': config,
    'deployment.yaml': deployment(options),
    ...(service ? { 'service.yaml': serviceManifest } : {}),
    ...more,
  };
  const files = Object.entries({ ...manifests, 'kustomization.yaml': kustomization(Object.keys(manifests), options.namespace) });
  return Object.fromEntries(files.map(([file, content]) => [`overlays/${name}/${file}`, content]));
}

function kustomization(resources: readonly string[], namespace?: string): string {
  const head = `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${namespace === undefined ? '' : `namespace: ${namespace}\n`}`;
  return `${head}resources:\n${resources.map((file) => `  - ${file}\n`).join('')}`;
}

const config = `apiVersion: v1
kind: ConfigMap
metadata:
  name: web-config
data:
  LOG_LEVEL: info
`;

const serviceManifest = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: { app: web }
  ports:
    - { name: http, port: 80, targetPort: http }
`;

function deployment({ image: wanted = image, replicas = 1, podAnnotations = {}, ...options }: WebOptions): string {
  const labels = JSON.stringify({ app: 'web', ...options.selector });
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: { app: web }
spec:
  replicas: ${String(replicas)}
  progressDeadlineSeconds: ${String(options.progressDeadlineSeconds ?? 600)}
  selector: { matchLabels: ${labels} }
  template:
    metadata:
      labels: ${labels}
      annotations: ${JSON.stringify(podAnnotations)}
    spec:
      containers:
        - name: web
          image: ${wanted}
          env: [{ name: MODE, value: dev }]
          ports: [{ name: http, containerPort: 8080 }]
`;
}

/** A Job that runs as a hook; `exit` other than 0 makes it fail. */
export function hookJob(type: string, { exit = '0', name = 'pre' } = {}): string {
  return `apiVersion: batch/v1
kind: Job
metadata:
  name: ${name}
  annotations: { argocd.argoproj.io/hook: ${type} }
spec:
  backoffLimit: 0
  template:
    metadata:
      annotations: { test-cluster/exit: '${exit}' }
    spec:
      restartPolicy: Never
      containers: [{ name: x, image: registry.example.test/x }]
`;
}
