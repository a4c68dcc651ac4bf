import {
  imageFindings,
  unaccountedContainers,
  type DriftFinding,
  type DriftRules,
  type LiveContainer,
  type RunningImages,
} from '@fairlead/domain';
import type { DesiredObjects } from './desired-objects.ts';

/** A desired state, and the digests that each of its image references may run as. */
export interface DesiredImages {
  readonly desired: DesiredObjects;
  readonly images: RunningImages['resolved'];
}

export interface Rollout extends DesiredImages {
  /** On its way: what runs may be as either of the two says. */
  readonly arriving?: DesiredObjects;
  /** Delivered before, and their pods may still be going. */
  readonly leaving?: readonly DesiredImages[];
}

/** What runs that is of none of the desired states that a rollout is between. */
export function rolloutImages(
  rules: DriftRules,
  { desired, images, arriving, leaving = [] }: Rollout,
  { containers, at }: { readonly containers: readonly LiveContainer[]; readonly at: string },
): readonly DriftFinding[] {
  const running = ({ desired: of, images: resolved }: DesiredImages, those: readonly LiveContainer[]): RunningImages => ({
    desired: [...of.objects.values()].map(({ object }) => object),
    inventory: { observedAt: at, namespaces: [...new Set(those.map(({ namespace }) => namespace))], containers: those },
    resolved,
  });
  const delivered = { desired, images };
  const found = imageFindings(rules, running(delivered, containers), at);
  const others = [...(arriving === undefined ? [] : [{ desired: arriving, images }]), ...leaving];
  if (found.length === 0 || others.length === 0) return found;
  const left = others.reduce((those, other) => unaccountedContainers(rules, running(other, those)), containers);
  return imageFindings(rules, running(delivered, left), at);
}

/** Those of the first that the second holds, too. */
export function inBoth(one: readonly DriftFinding[], other: readonly DriftFinding[]): readonly DriftFinding[] {
  const ids = new Set(other.map(({ id }) => id));
  return one.filter(({ id }) => ids.has(id));
}
