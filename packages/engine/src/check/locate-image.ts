import {
  decidingLeaf,
  imageEntries,
  jsonPointer,
  parseImageText,
  type ManifestLeaf,
  type Position,
  type RenderedImage,
} from '@fairlead/domain';
import type { Checking, RenderedEnvironment } from './checking.ts';
import { kustomizationChain } from './kustomization-chain.ts';

/** Where a rendered image was decided. */
export interface ImagePlace extends Position {
  readonly file: string;
  readonly pointer: string;
  /** The part of an `images:` entry, where one decided. */
  readonly decidedBy?: { readonly field: string; readonly value: string };
}

/** The deciding entry of `images:`, else the line that names the image: in the file that the object comes from, or in a patch of it. */
export async function locateImage(checking: Checking, environment: RenderedEnvironment, image: RenderedImage): Promise<ImagePlace> {
  for (const file of await kustomizationChain(checking, environment)) {
    const leaf = decidingLeaf(imageEntries(await checking.texts.leaves(file)), image.image);
    if (leaf === undefined) continue;
    return { ...placeOf(file, leaf), decidedBy: { field: String(leaf.path.at(-1)), value: String(leaf.value) } };
  }
  return locateLine(checking, environment, image);
}

interface Candidate {
  readonly place: ImagePlace;
  readonly likeness: number;
}

async function locateLine(checking: Checking, environment: RenderedEnvironment, image: RenderedImage): Promise<ImagePlace> {
  const origin = (await checking.origins(environment)).fileOf(image.object);
  const found: Candidate[] = [];
  for (const file of environment.inputs) {
    const manifest = await checking.texts.manifest(file);
    if (manifest?.kind !== 'read') continue;
    for (const { leaves } of manifest.documents) found.push(...candidates(leaves, { file, image, isOrigin: file === origin }));
  }
  const [best] = found.toSorted((one, other) => other.likeness - one.likeness);
  return best?.place ?? (await locateValue(checking, environment, image)) ?? { file: origin, line: 1, column: 1, pointer: '' };
}

/** A chart puts an image together from values: the last that has its digest or tag decides, else the one that has its repository. */
async function locateValue(
  { texts }: Checking,
  { inputs }: RenderedEnvironment,
  { image }: RenderedImage,
): Promise<ImagePlace | undefined> {
  const found: Candidate[] = [];
  for (const file of inputs.filter((input) => /\.ya?ml$/.test(input) && !/(?:^|\/)templates\//.test(input))) {
    for (const leaf of inputs.some((input) => input.endsWith('Chart.yaml')) ? await texts.leaves(file) : []) {
      const likeness = shareOf(image, leaf.value);
      if (likeness > 0) found.push({ place: placeOf(file, leaf), likeness });
    }
  }
  return found.toReversed().toSorted((one, other) => other.likeness - one.likeness)[0]?.place;
}

function shareOf(image: string, value: ManifestLeaf['value']): number {
  const text = String(value);
  if (text.length < 3) return 0;
  if (image === text) return 3;
  if (image.endsWith(`:${text}`) || image.endsWith(`@${text}`)) return 2;
  return image.startsWith(`${text}:`) || image.startsWith(`${text}@`) ? 1 : 0;
}

interface Sought {
  readonly file: string;
  readonly image: RenderedImage;
  readonly isOrigin: boolean;
}

/** The same text is the surest sign, then the object's own file, then the container's name. A patch may stand inside of a kustomization, as text. */
function candidates(leaves: readonly ManifestLeaf[], { file, image, isOrigin }: Sought): readonly Candidate[] {
  const kind = leaves.find(({ path }) => path.length === 1 && path[0] === 'kind')?.value;
  return leaves.flatMap((leaf) => {
    if (!isImage(leaf, image)) {
      const quoted = typeof leaf.value === 'string' && leaf.value.includes('\n') && leaf.value.includes(`image: ${image.image}`);
      return quoted ? [{ place: placeOf(file, leaf), likeness: 14 }] : [];
    }
    const beside = leaf.path.slice(0, image.list === 'volumes' ? -2 : -1);
    const named = leaves.some(
      ({ path, value }) => value === image.container && path.at(-1) === 'name' && path.slice(0, -1).join('/') === beside.join('/'),
    );
    const likeness = sameness(leaf, image) + (isOrigin ? 4 : 0) + (named ? 2 : 0) + (kind === image.object.kind ? 1 : 0);
    return likeness > 3 ? [{ place: placeOf(file, leaf), likeness }] : [];
  });
}

function isImage({ path }: ManifestLeaf, { list }: RenderedImage): boolean {
  const [field, index, holder] = path
    .slice(list === 'volumes' ? -4 : -3)
    .toReversed()
    .slice(list === 'volumes' ? 1 : 0);
  return field === 'image' && typeof index === 'number' && holder === list;
}

/** A renamed image keeps its tag. */
function sameness({ value }: ManifestLeaf, { image }: RenderedImage): number {
  if (value === image) return 16;
  const [one, other] = [parseImageText(String(value)), parseImageText(image)];
  return one !== undefined && other !== undefined && one.tag === other.tag && one.digest === other.digest ? 8 : 0;
}

function placeOf(file: string, { key, path }: ManifestLeaf): ImagePlace {
  return { file, ...key, pointer: jsonPointer(path) };
}
