import { containerImages, digestOfText, ImageRepository, parseImageText, type ContainerImage, type JsonObject } from '@fairlead/domain';
import { nameFrom } from './name-from.ts';

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

/** An entry of the overlay's `images:`. */
export interface ImageEntry {
  readonly name?: string | undefined;
  readonly newName?: string | undefined;
}

/** One component for each repository that a workload runs something of. A tag stands for no digest without a registry: it gets that of its own text, as the
 *  sandbox's node has it. */
export function ownComponents(objects: readonly JsonObject[], entries: readonly ImageEntry[]): OwnComponents {
  const all = containerImages(objects);
  const run = all.filter(isRun);
  const texts = [...new Set(run.map(({ image }) => image))].toSorted();
  const parsed = texts.map((text) => ({ text, image: parseImageText(text) }));
  const good = parsed.flatMap(({ text, image }) =>
    image !== undefined && ImageRepository.safeParse(image.repository).success ? [{ text, ...image }] : [],
  );
  const repositories = [...new Set(good.map(({ repository }) => repository))].toSorted();
  const names = new Set<string>();
  const components = repositories.map((repository): OwnComponent => {
    const own = good.filter((image) => image.repository === repository);
    const pinned = own.find(({ digest }) => digest?.startsWith('sha256:'));
    const name = freeName({ repository, entries, names });
    names.add(name);
    const assumedFor = own.filter(({ digest }) => digest === undefined || digest !== pinned?.digest).map(({ text }) => text);
    return { name, repository, digest: pinned?.digest ?? digestOfText(own[0]?.text ?? repository), assumedFor };
  });
  return {
    components,
    problems: parsed
      .filter(({ text }) => !good.some((image) => image.text === text))
      .map(({ text }) => `image ${JSON.stringify(text)} is no image reference`),
    left: all.filter((image) => !isRun(image)).map(({ object, image }) => `${object.kind}/${object.name}: ${image}`),
  };
}

const running: Readonly<Record<string, readonly string[]>> = {
  '': ['Pod'],
  apps: ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  batch: ['CronJob', 'Job'],
};

function isRun({ object }: ContainerImage): boolean {
  return running[object.group]?.includes(object.kind) ?? false;
}

interface Wanted {
  readonly repository: string;
  readonly entries: readonly ImageEntry[];
  readonly names: ReadonlySet<string>;
}

/** An entry of `images:` by a component's name is taken for the component's, so a name that is another image's won't do. */
function freeName({ repository, entries, names }: Wanted): string {
  const steps = repository.split('/').toReversed();
  const base = nameFrom(steps[0] ?? '', 'image');
  const others = new Set(entries.filter((entry) => entry.name !== repository && entry.newName !== repository).map(({ name }) => name));
  const candidates = [base, nameFrom(`${steps[1] ?? 'image'}-${base}`, base)];
  const free = candidates.find((name) => !names.has(name) && !others.has(name));
  if (free !== undefined) return free;
  for (let number = 2; ; number += 1) {
    const name = `${base}-${String(number)}`;
    if (!names.has(name) && !others.has(name)) return name;
  }
}
