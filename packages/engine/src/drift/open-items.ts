import { objectKey, type DriftItem } from '@fairlead/domain';

/** What is open of a target, by object and then by id. Images have their own place: a pod's event changes what is known of its workload's. */
export class OpenItems {
  readonly #objects = new Map<string, Map<string, DriftItem>>();
  readonly #images = new Map<string, DriftItem>();

  all(): readonly DriftItem[] {
    return [...this.ofObjects(), ...this.#images.values()];
  }

  images(): readonly DriftItem[] {
    return [...this.#images.values()];
  }

  /** Without those of images. */
  ofObjects(): readonly DriftItem[] {
    return [...this.#objects.values()].flatMap((items) => [...items.values()]);
  }

  of(key: string): readonly DriftItem[] {
    return [...(this.#objects.get(key)?.values() ?? [])];
  }

  has({ id, object }: DriftItem): boolean {
    return this.#images.has(id) || this.#objects.get(objectKey(object))?.has(id) === true;
  }

  keep(item: DriftItem): void {
    if (item.class === 'image') {
      this.#images.set(item.id, item);
      return;
    }
    const key = objectKey(item.object);
    const items = this.#objects.get(key) ?? new Map<string, DriftItem>();
    this.#objects.set(key, items.set(item.id, item));
  }

  forget(item: DriftItem): void {
    this.#images.delete(item.id);
    const key = objectKey(item.object);
    const items = this.#objects.get(key);
    items?.delete(item.id);
    if (items?.size === 0) this.#objects.delete(key);
  }
}
