import { objectKey, type ObjectRef } from '@fairlead/domain';
import type { LiveObject, ObjectEvent } from '../ports/cluster.ts';

/** What a watch told, and what exists by its word. */
export class ToldObjects {
  readonly events: ObjectEvent[] = [];
  readonly live = new Map<string, LiveObject>();
  #heard: () => void = () => undefined;

  readonly tell = (event: ObjectEvent): void => {
    this.events.push(event);
    if (event.kind === 'applied') this.live.set(objectKey(event.live.ref), event.live);
    if (event.kind === 'deleted') this.live.delete(objectKey(event.ref));
    this.#heard();
  };

  of(ref: Omit<ObjectRef, 'version'>): LiveObject | undefined {
    return this.live.get(objectKey(ref));
  }

  /** `applied` and `deleted` of an object, in their order. */
  historyOf(ref: Omit<ObjectRef, 'version'>): readonly string[] {
    const key = objectKey(ref);
    return this.events.flatMap((event) => {
      if (event.kind === 'applied') return objectKey(event.live.ref) === key ? [event.kind] : [];
      return event.kind === 'deleted' && objectKey(event.ref) === key ? [event.kind] : [];
    });
  }

  /** As soon as it is as wanted, now or after any event. Times out with the test. */
  async until(wanted: () => boolean): Promise<void> {
    while (!wanted()) {
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
    }
  }
}
