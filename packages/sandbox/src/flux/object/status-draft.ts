import { isDeepStrictEqual } from 'node:util';

import { numberAt, objectAt, textAt, textsAt, without, type Json, type JsonObject } from '../../json/json.ts';
import { isEmpty, mergePatch } from '../../json/merge-patch.ts';
import { KubeApiError, type KubeClient } from '../../kube/kube-client.ts';
import { annotationOf, type KubeObject } from '../../kube/kube-object.ts';
import { readConditions, withCondition, withoutCondition, type FluxCondition, type Mark } from './conditions.ts';

export const requestAnnotation = 'reconcile.fluxcd.io/requestedAt';

const finalizer = 'finalizers.fluxcd.io';

export interface DraftOptions {
  readonly client: KubeClient;
  /** Of the object. */
  readonly path: string;
  readonly fieldManager: string;
  readonly now: () => Date;
}

/** One object while it is reconciled: its status as it shall become, written step by step, conditions before the rest, and only what changed. */
export class StatusDraft {
  readonly object: KubeObject;
  readonly #options: DraftOptions;
  #written: JsonObject;
  #fields: JsonObject;
  #conditions: readonly FluxCondition[];

  constructor(object: KubeObject, options: DraftOptions) {
    this.object = object;
    this.#options = options;
    this.#written = objectAt(object, 'status');
    this.#fields = without(this.#written, 'conditions');
    this.#conditions = readConditions(this.#written);
  }

  get generation(): number {
    return numberAt(this.object.metadata, 'generation') ?? 0;
  }

  get observedGeneration(): number {
    return numberAt(this.#fields, 'observedGeneration') ?? -1;
  }

  /** The reconciliation that somebody asked for by annotation, whether or not it was handled. */
  get requested(): string | undefined {
    return annotationOf(this.object, requestAnnotation);
  }

  get hasFinalizer(): boolean {
    return textsAt(this.object.metadata, 'finalizers').includes(finalizer);
  }

  get isTerminating(): boolean {
    return textAt(this.object.metadata, 'deletionTimestamp') !== undefined;
  }

  field(name: string): Json | undefined {
    return this.#fields[name];
  }

  text(name: string): string | undefined {
    return textAt(this.#fields, name);
  }

  set(name: string, value: Json | undefined): void {
    this.#fields = value === undefined ? without(this.#fields, name) : { ...this.#fields, [name]: value };
  }

  condition(type: string): FluxCondition | undefined {
    return this.#conditions.find((condition) => condition.type === type);
  }

  is(type: string, status: FluxCondition['status']): boolean {
    return this.condition(type)?.status === status;
  }

  get hasConditions(): boolean {
    return this.#conditions.length > 0;
  }

  mark(mark: Mark): void {
    this.#conditions = withCondition(this.#conditions, mark, { generation: this.generation, now: this.#options.now() });
  }

  drop(type: string): void {
    this.#conditions = withoutCondition(this.#conditions, type);
  }

  /** The request, as handled: it proves that the object was looked at, no more. */
  recordRequest(): void {
    if (this.requested !== undefined) this.set('lastHandledReconcileAt', this.requested);
  }

  async save(): Promise<void> {
    const conditions: readonly Json[] = this.#conditions.map((condition) => ({ ...condition }));
    if (!isDeepStrictEqual(this.#written['conditions'] ?? [], conditions)) await this.#patch('/status', { status: { conditions } });
    const rest = mergePatch(without(this.#written, 'conditions'), this.#fields);
    if (!isEmpty(rest)) await this.#patch('/status', { status: rest });
    this.#written = { ...this.#fields, ...(conditions.length > 0 && { conditions }) };
  }

  async addFinalizer(): Promise<void> {
    await this.#patch('', { metadata: { finalizers: [...textsAt(this.object.metadata, 'finalizers'), finalizer] } });
  }

  async removeFinalizer(): Promise<void> {
    const kept = textsAt(this.object.metadata, 'finalizers').filter((name) => name !== finalizer);
    await this.#patch('', { metadata: { finalizers: kept } });
  }

  async #patch(subresource: '' | '/status', body: JsonObject): Promise<void> {
    const { client, path, fieldManager } = this.#options;
    const contentType = 'application/merge-patch+json';
    try {
      await client.send({ verb: 'PATCH', path: `${path}${subresource}`, query: { fieldManager }, body, contentType });
    } catch (error) {
      // Gone meanwhile: there is nobody left to tell.
      if (!(error instanceof KubeApiError) || error.status !== 404) throw error;
    }
  }
}
