import { type JsonObject } from '../../json/json.ts';
import { type KubeObject } from '../../kube/kube-object.ts';
import { webOverlay, type WebOptions } from '../../testing/web-app.ts';
import { createNamespace, type FluxWorld } from './flux-world.ts';
import { hasEndedWith } from './steps.ts';

/** The app of the tests, delivered by a Kustomization of its own from the one source, into a namespace of its own. */
export interface WebDelivery {
  readonly name: string;
  readonly namespace: string;
  /** Publishes the overlay with these options, and waits until Flux has come to an end with it. */
  publish(options?: WebOptions, more?: Readonly<Record<string, string | null>>): Promise<KubeObject>;
  live(plural: string, name: string): Promise<KubeObject | undefined>;
  path(plural: string, name: string): string;
}

const interval = { interval: '1h', retryInterval: '1h' };

/** The source of all Kustomizations of a test file. */
export async function createSource(world: FluxWorld): Promise<void> {
  await world.create('GitRepository', 'app', { interval: '1h', url: world.repositoryUrl, ref: { branch: 'main' } });
}

export async function deliverWeb(world: FluxWorld, name: string, spec: JsonObject = {}): Promise<WebDelivery> {
  const namespace = `ns-${name}`;
  await createNamespace(world.client, namespace);
  const sourceRef = { kind: 'GitRepository', name: 'app' };
  const defaults = { ...interval, sourceRef, path: `./overlays/${name}`, targetNamespace: namespace, prune: true };
  const path = (plural: string, object: string): string => {
    const group = plural === 'deployments' ? '/apis/apps/v1' : '/api/v1';
    return `${group}/namespaces/${namespace}/${plural}/${object}`;
  };
  let isCreated = false;
  return {
    name,
    namespace,
    path,
    live: (plural, object) => world.read(path(plural, object)),
    async publish(options = {}, more = {}) {
      const commit = await world.commit({ ...webOverlay(name, options), ...more });
      await world.reconcile('GitRepository', 'app');
      if (!isCreated) await world.create('Kustomization', name, { ...defaults, ...spec });
      isCreated = true;
      return world.until('Kustomization', name, (object) => hasEndedWith(object, commit));
    },
  };
}
