import type { KubeObject } from '../resources/kube-object.ts';

export interface StoreEvent {
  readonly kind: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly typeId: string;
  /** As of this event; of a deletion, the last state under the deletion's own resourceVersion. */
  readonly object: KubeObject;
  readonly previous?: KubeObject;
  readonly version: number;
}

/** The recent events of one resource, as far back as `limit` allows. */
export class EventHistory {
  readonly #limit: number;
  #events: StoreEvent[] = [];
  #forgottenThrough: number;

  constructor(limit: number, start: number) {
    this.#limit = limit;
    this.#forgottenThrough = start;
  }

  append(event: StoreEvent): void {
    this.#events.push(event);
    // Twice the limit before cutting, so that a full history does not move every element on every event.
    if (this.#events.length < this.#limit * 2) return;
    this.#forget(this.#events.length - this.#limit);
  }

  after(version: number): readonly StoreEvent[] | 'expired' {
    this.#forget(Math.max(0, this.#events.length - this.#limit));
    if (version < this.#forgottenThrough) return 'expired';
    return this.#events.filter((event) => event.version > version);
  }

  #forget(count: number): void {
    const last = this.#events[count - 1];
    if (last === undefined) return;
    this.#forgottenThrough = last.version;
    this.#events = this.#events.slice(count);
  }
}
