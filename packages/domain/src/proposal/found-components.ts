import { containerImages, type ContainerImage } from '../desired-state/container-images.ts';
import type { JsonObject } from '../document/json.ts';
import { parseImageText, type ImageText } from '../policy/image-text.ts';
import { ImageRepository } from '../release/image-ref.ts';
import { nameFrom } from './name-from.ts';

/** A repository that workloads run something of, and how they name it. */
export interface FoundComponent {
  readonly name: string;
  readonly repository: string;
  readonly images: readonly (ImageText & { readonly text: string })[];
}

export interface FoundComponents {
  /** By repository. */
  readonly components: readonly FoundComponent[];
  /** Images of workloads that are no image references. */
  readonly unreadable: readonly string[];
  /** Images of kinds that are no workloads of Kubernetes itself. */
  readonly left: readonly ContainerImage[];
}

/** An entry of a kustomization's `images:`. */
export interface ImageEntryNames {
  readonly name?: string | undefined;
  readonly newName?: string | undefined;
}

/** One component for each repository that a workload runs something of. */
export function foundComponents(objects: readonly JsonObject[], entries: readonly ImageEntryNames[]): FoundComponents {
  const all = containerImages(objects);
  const texts = [...new Set(all.filter(isRun).map(({ image }) => image))].toSorted();
  const parsed = texts.map((text) => ({ text, image: parseImageText(text) }));
  const good = parsed.flatMap(({ text, image }) =>
    image !== undefined && ImageRepository.safeParse(image.repository).success ? [{ text, ...image }] : [],
  );
  const names = new Set<string>();
  const components = [...new Set(good.map(({ repository }) => repository))].toSorted().map((repository): FoundComponent => {
    const name = freeName({ repository, entries, names });
    names.add(name);
    return { name, repository, images: good.filter((image) => image.repository === repository) };
  });
  return {
    components,
    unreadable: texts.filter((text) => !good.some((image) => image.text === text)),
    left: all.filter((image) => !isRun(image)),
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
  readonly entries: readonly ImageEntryNames[];
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
