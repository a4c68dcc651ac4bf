import { digestOfText, foundComponents, type FoundComponent, type ImageEntryNames, type JsonObject } from '@fairlead/domain';

/** An image of the overlay as the component of a release. */
export interface OwnComponent {
  readonly name: string;
  readonly repository: string;
  readonly digest: string;
  /** The images as the overlay has them, where a digest had to be made up. */
  readonly assumedFor: readonly string[];
}

export interface OwnComponents {
  readonly components: readonly OwnComponent[];
  /** Images that can't be pinned, with why. */
  readonly problems: readonly string[];
  /** Images of kinds that nothing in the sandbox runs, as `Kind/name: image`. */
  readonly left: readonly string[];
}

/** One component for each repository that a workload runs something of. A tag stands for no digest without a registry: it gets that of its own text, as the
 *  sandbox's node has it. */
export function ownComponents(objects: readonly JsonObject[], entries: readonly ImageEntryNames[]): OwnComponents {
  const { components, unreadable, left } = foundComponents(objects, entries);
  return {
    components: components.map(pinned),
    problems: unreadable.map((text) => `image ${JSON.stringify(text)} is no image reference`),
    left: left.map(({ object, image }) => `${object.kind}/${object.name}: ${image}`),
  };
}

function pinned({ name, repository, images }: FoundComponent): OwnComponent {
  const known = images.find(({ digest }) => digest?.startsWith('sha256:'));
  const assumedFor = images.filter(({ digest }) => digest === undefined || digest !== known?.digest).map(({ text }) => text);
  return { name, repository, digest: known?.digest ?? digestOfText(images[0]?.text ?? repository), assumedFor };
}
