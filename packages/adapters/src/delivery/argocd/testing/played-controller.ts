import {
  CoreV1Api,
  CustomObjectsApi,
  loadYaml,
  PatchStrategy,
  setHeaderOptions,
  type KubeConfig,
  type V1Namespace,
} from '@kubernetes/client-node';
import type { CommitSha, DeliveryTarget, JsonObject, ObjectRef } from '@fairlead/domain';
import { z } from 'zod';
import { isObject, isJson } from '../normal-json.ts';
import { Application } from '../schema.ts';

const kind = { group: 'argoproj.io', version: 'v1alpha1', plural: 'applications' } as const;

/** Writes into an Application what Argo CD would, one step at a time: the sequence is the recordings'. */
export class PlayedController {
  readonly #api: CustomObjectsApi;
  readonly #core: CoreV1Api;
  readonly #target: DeliveryTarget;
  readonly #commit: CommitSha;
  #left: ObjectRef | undefined;
  #held = false;

  constructor(config: KubeConfig, target: DeliveryTarget, commit: CommitSha) {
    this.#api = config.makeApiClient(CustomObjectsApi);
    this.#core = config.makeApiClient(CoreV1Api);
    this.#target = target;
    this.#commit = commit;
  }

  /** As it is after the first comparison. */
  async create(spec: JsonObject = {}): Promise<void> {
    const { namespace, name } = this.#target;
    const body = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name, namespace },
      spec: { project: 'default', source, destination, ...spec },
    };
    await this.#core.createNamespace({ body: loadYaml<V1Namespace>(`metadata: { name: ${namespace} }`) });
    await this.#api.createNamespacedCustomObject({ ...kind, namespace, body });
    await this.compare();
  }

  async compare(): Promise<void> {
    const at = stamp();
    const { status } = await this.read();
    const synced = status?.operationState?.phase === 'Succeeded' && this.#left === undefined;
    await this.patch({
      status: {
        reconciledAt: at,
        sync: { status: synced ? 'Synced' : 'OutOfSync', revision: this.#commit, comparedTo: { source, destination } },
        health: { status: synced || this.#left !== undefined ? 'Healthy' : 'Missing', lastTransitionTime: at },
        resources: [
          { version: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'web', status: synced ? 'Synced' : 'OutOfSync' },
          ...(this.#left === undefined ? [] : [{ ...this.#left, status: 'OutOfSync', requiresPruning: true }]),
        ],
      },
    });
  }

  async carryOut(): Promise<void> {
    const operation = await this.writtenOperation();
    if (this.#held || operation === undefined) return;
    const { prune, revision } = z.object({ prune: z.boolean().optional(), revision: z.string() }).parse(operation['sync']);
    if (prune === true) this.#left = undefined;
    const at = stamp();
    const message = 'successfully synced (all tasks run)';
    await this.patch({
      operation: null,
      status: {
        operationState: { operation, phase: 'Succeeded', message, startedAt: at, finishedAt: at, syncResult: { revision, resources: [] } },
      },
    });
    await this.compare();
  }

  /** Somebody presses the button, and the controller is at it. */
  async syncByHand(): Promise<void> {
    this.#held = true;
    const operation = { initiatedBy: { username: 'mallory' }, sync: { revision: this.#commit } };
    await this.patch({ operation, status: { operationState: { operation, phase: 'Running', startedAt: stamp() } } });
  }

  async leaveBehind(): Promise<ObjectRef> {
    this.#left = { group: '', version: 'v1', kind: 'Service', namespace: 'shop', name: 'old' };
    await this.compare();
    return this.#left;
  }

  async patch(body: JsonObject): Promise<void> {
    const { namespace, name } = this.#target;
    await this.#api.patchNamespacedCustomObject(
      { ...kind, namespace, name, body },
      setHeaderOptions('Content-Type', PatchStrategy.MergePatch),
    );
  }

  async read(): Promise<Application> {
    return Application.parse(await this.#raw());
  }

  /** `.operation`, whole. */
  async writtenOperation(): Promise<JsonObject | undefined> {
    const AnyObject = z.custom<JsonObject>((value) => isJson(value) && isObject(value));
    return z.object({ operation: AnyObject.optional() }).parse(await this.#raw()).operation;
  }

  async remove(): Promise<void> {
    const { namespace, name } = this.#target;
    await this.#api.deleteNamespacedCustomObject({ ...kind, namespace, name });
  }

  async #raw(): Promise<unknown> {
    const { namespace, name } = this.#target;
    return this.#api.getNamespacedCustomObject({ ...kind, namespace, name });
  }
}

const source = { repoURL: 'https://git.example.com/app.git', path: 'overlays/dev', targetRevision: 'main' };
const destination = { server: 'https://kubernetes.default.svc', namespace: 'shop' };

/** Whole seconds, as the controller's. */
function stamp(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z');
}
