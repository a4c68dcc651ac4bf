import type { LiveContainer } from '@fairlead/domain';

/** What each pod runs. Pods say something new all the time, and seldom of their images. */
export class PodContainers {
  readonly #pods = new Map<string, readonly LiveContainer[]>();

  /** Whether it runs, or is to run, something else than before. */
  set(key: string, containers: readonly LiveContainer[]): boolean {
    const before = this.#pods.get(key);
    this.#pods.set(key, containers);
    return before === undefined || imagesOf(before) !== imagesOf(containers);
  }

  delete(key: string): boolean {
    return this.#pods.delete(key);
  }

  all(): readonly LiveContainer[] {
    return [...this.#pods.values()].flat();
  }
}

function imagesOf(containers: readonly LiveContainer[]): string {
  return JSON.stringify(containers.map(({ ready: _ready, ...rest }) => rest));
}
