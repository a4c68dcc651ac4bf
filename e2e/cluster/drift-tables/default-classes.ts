import { setTimeout as pause } from 'node:timers/promises';
import { must, type CallApi } from '../api.ts';

const patienceMs = 30_000;
const name = 'usual';
const storage = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
const backend = { service: { name: 'a', port: { number: 80 } } };

/** Each with an object that names no class, and so shows whether there is a default one. */
const classes = [
  {
    path: '/apis/storage.k8s.io/v1/storageclasses',
    annotation: 'storageclass.kubernetes.io/is-default-class',
    body: { provisioner: 'x.test/storage' },
    user: { group: 'api/v1', plural: 'persistentvolumeclaims', spec: storage },
  },
  {
    path: '/apis/networking.k8s.io/v1/ingressclasses',
    annotation: 'ingressclass.kubernetes.io/is-default-class',
    body: { spec: { controller: 'x.test/ingress' } },
    user: { group: 'apis/networking.k8s.io/v1', plural: 'ingresses', spec: { defaultBackend: backend } },
  },
];

/** Most clusters have a default class of storage and of ingress, so that an object that names none gets one. */
export async function createDefaultClasses(api: CallApi, namespace: string): Promise<void> {
  for (const { path, annotation, body, user } of classes) {
    await must(api('POST', path, { body: { metadata: { name, annotations: { [annotation]: 'true' } }, ...body } }));
    // The server hears of its own objects a moment later.
    const users = `/${user.group}/namespaces/${namespace}/${user.plural}`;
    await untilNamed(api, users, { metadata: { name: 'probe' }, spec: user.spec });
  }
}

async function untilNamed(api: CallApi, path: string, body: object): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!(await must(api('POST', path, { body, query: { dryRun: 'All' } }))).includes(`ClassName":"${name}"`)) {
    if (performance.now() > deadline) throw new Error(`${path} gets no default class in ${patienceMs.toString()} ms`);
    await pause(20);
  }
}
