import type { LiveContainer, LiveInventory } from '../delivery/live-image.ts';
import { pinOf, repositoryOf } from '../release/image-name.ts';
import type { ReleaseComponent } from '../release/release-component.ts';
import type { DesiredContainer } from './desired-containers.ts';

export interface LiveDigestsQuestion {
  readonly components: readonly ReleaseComponent[];
  /** Names of components that must run even if the desired state doesn't have them. */
  readonly required: readonly string[];
  /** `repository@sha256:…` that may run beside them. */
  readonly thirdParty: readonly string[];
  readonly desired: readonly DesiredContainer[];
  readonly inventory: LiveInventory;
  /** Namespaces where nothing else may run; in others only the components' own containers are looked at. */
  readonly ownedNamespaces: readonly string[];
}

/** `idle`: only jobs, or nothing scaled up, would run it now. `not-desired`: neither wanted nor required here. */
export type ComponentStatus = 'match' | 'mismatch' | 'missing' | 'not-ready' | 'idle' | 'not-desired';

export interface ComponentDigests {
  readonly component: string;
  /** Any of them is right: the image's digest and those of its platforms. */
  readonly expected: readonly string[];
  readonly running: readonly string[];
  readonly status: ComponentStatus;
}

export interface UnexpectedContainer {
  readonly container: string;
  readonly image: string;
  readonly digest?: string;
}

export interface LiveDigestsVerdict {
  readonly verdict: 'passed' | 'failed';
  readonly components: readonly ComponentDigests[];
  readonly unexpected: readonly UnexpectedContainer[];
  readonly problems: readonly string[];
}

/** Whether exactly the release runs. Digests decide; an image's name only says to which component a wrong digest belongs. */
export function judgeLiveDigests(question: LiveDigestsQuestion): LiveDigestsVerdict {
  const components = question.components.map((component) => judgeComponent(component, question));
  const unexpected = unexpectedOf(question);
  const problems = [...components.flatMap(problemOf), ...unexpected.map(describe)];
  return { verdict: problems.length === 0 ? 'passed' : 'failed', components, unexpected, problems };
}

function judgeComponent(component: ReleaseComponent, { desired, inventory, required }: LiveDigestsQuestion): ComponentDigests {
  const expected = digestsOf(component);
  const own = inventory.containers.filter((container) => belongs(component, container));
  const wanted = desired.filter(({ image }) => isImageOf(component, image));
  const status = statusOf(expected, own) ?? statusWithout(wanted, required.includes(component.name));
  return { component: component.name, expected, running: [...new Set(own.flatMap(({ digest }) => digest ?? []))].toSorted(), status };
}

function statusOf(expected: readonly string[], own: readonly LiveContainer[]): ComponentStatus | undefined {
  if (own.length === 0) return undefined;
  if (own.some((container) => !expected.includes(digestToBe(container) ?? ''))) return 'mismatch';
  return own.some(({ digest, ready }) => digest !== undefined && ready) ? 'match' : 'not-ready';
}

function statusWithout(wanted: readonly DesiredContainer[], required: boolean): ComponentStatus {
  if (wanted.some(({ lasting }) => lasting)) return 'missing';
  if (wanted.length > 0) return 'idle';
  return required ? 'missing' : 'not-desired';
}

/** What it runs, or what it will, once it is pulled, where the image says so by digest. */
function digestToBe({ digest, image }: LiveContainer): string | undefined {
  return digest ?? pinOf(image);
}

function belongs(component: ReleaseComponent, container: LiveContainer): boolean {
  return digestsOf(component).includes(digestToBe(container) ?? '') || repositoryOf(container.image) === component.image.repository;
}

function isImageOf(component: ReleaseComponent, image: string): boolean {
  return repositoryOf(image) === component.image.repository || digestsOf(component).includes(pinOf(image) ?? '');
}

function digestsOf({ image }: ReleaseComponent): readonly string[] {
  return [...new Set([image.digest, ...Object.values(image.platforms ?? {})])];
}

function unexpectedOf({ components, thirdParty, inventory, ownedNamespaces }: LiveDigestsQuestion): readonly UnexpectedContainer[] {
  const allowed = new Set(thirdParty.map(pinOf));
  return inventory.containers
    .filter(({ namespace }) => ownedNamespaces.includes(namespace))
    .filter((container) => !components.some((component) => belongs(component, container)))
    .filter((container) => !allowed.has(digestToBe(container)) || digestToBe(container) === undefined)
    .map(({ namespace, pod, container, image, digest }) => ({
      container: `${namespace}/${pod}/${container}`,
      image,
      ...(digest === undefined ? {} : { digest }),
    }));
}

function problemOf({ component, expected, running, status }: ComponentDigests): readonly string[] {
  switch (status) {
    case 'match':
    case 'idle':
    case 'not-desired':
      return [];
    case 'mismatch':
      return [
        `${component} runs ${running.filter((digest) => !expected.includes(digest)).join(', ') || 'an image that is not pulled yet'}, not ${expected.join(' or ')}`,
      ];
    case 'missing':
      return [`${component} does not run`];
    case 'not-ready':
      return [`${component} is not ready`];
  }
}

function describe({ container, image, digest }: UnexpectedContainer): string {
  return `${container} runs ${digest ?? image}, which is not of this release`;
}
