import type { DesiredImages } from './rollout-images.ts';

/** `progressDeadlineSeconds` of a Deployment that says nothing: a rollout that takes longer is stuck, and its old pods are drift. */
const rolloutMs = 600_000;
/** Nobody delivers more often than pods go. */
const most = 5;

/** What was delivered until lately. A delivery is done when the objects are applied; the pods of the one before it go one by one afterwards. */
export class LeavingStates {
  #current: DesiredImages | undefined;
  #left: readonly (DesiredImages & { readonly until: number })[] = [];

  /** What may still be running beside `delivered`. To be asked at each look. */
  beside({ desired: delivered, images }: DesiredImages, now: number): readonly DesiredImages[] {
    const before = this.#current;
    this.#current = { desired: delivered, images };
    const { digest } = delivered;
    const changed = before !== undefined && before.desired.digest !== digest;
    const left = changed ? [...this.#left, { ...before, until: now + rolloutMs }] : this.#left;
    this.#left = left.filter(({ until, desired }) => until > now && desired.digest !== digest).slice(-most);
    return this.#left;
  }
}
