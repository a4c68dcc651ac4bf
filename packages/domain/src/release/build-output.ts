import { repositoryOf } from './image-name.ts';

/** An image that a build says it made: `repository@sha256:…`, or only the digest. */
export interface BuiltImage {
  /** The component that the file names it for. */
  readonly name?: string;
  readonly image: string;
}

export type BuildOutput =
  { readonly kind: 'read'; readonly images: readonly BuiltImage[] } | { readonly kind: 'unreadable'; readonly because: string };

/** What a build wrote of its images: `docker buildx --metadata-file` (bake's, too), ko's and kaniko's files of images or digests, or a JSON object of names
 *  and images, as CI joins the outputs of a matrix. A tag beside a digest is dropped: the digest decides. */
export function readBuildOutput(text: string): BuildOutput {
  const plain = text.trim();
  if (plain === '') return unreadable('is empty');
  if (plain.startsWith('{')) return fromJson(plain);
  const lines = plain.split(/\r?\n/).map((line) => line.trim());
  const images = lines.filter((line) => line !== '').flatMap((line) => imageIn(line) ?? []);
  const odd = lines.find((line) => line !== '' && imageIn(line) === undefined);
  return odd === undefined ? { kind: 'read', images: images.map((image) => ({ image })) } : unreadable('has a line without a digest');
}

function fromJson(text: string): BuildOutput {
  const value = parse(text);
  if (!isObject(value)) return unreadable('is no JSON object');
  const own = fromMetadata(value);
  if (own !== undefined) return { kind: 'read', images: [{ image: own }] };
  const entries = Object.entries(value).filter(([name]) => !name.startsWith('buildx.'));
  const images = entries.map(([name, entry]) => ({ name, image: typeof entry === 'string' ? imageIn(entry) : fromMetadata(entry) }));
  const without = images.find(({ image }) => image === undefined);
  if (without !== undefined) return unreadable(`says no digest for ${JSON.stringify(without.name)}`);
  if (images.length === 0) return unreadable('names no image');
  return { kind: 'read', images: images.flatMap(({ name, image }) => (image === undefined ? [] : [{ name, image }])) };
}

/** What buildx writes for one target. Without a push there is no name. */
function fromMetadata(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const digest = value['containerimage.digest'];
  if (typeof digest !== 'string') return undefined;
  const names = value['image.name'];
  const [name = ''] = typeof names === 'string' ? names.split(',') : [];
  return imageIn(name === '' ? digest : `${repositoryOf(name)}@${digest}`);
}

function imageIn(text: string): string | undefined {
  const found = /^(?:([^\s@]+)@)?(sha256:[0-9a-f]{64})$/.exec(text.trim());
  const [, name, digest] = found ?? [];
  if (digest === undefined) return undefined;
  return name === undefined ? digest : `${repositoryOf(name)}@${digest}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unreadable(because: string): BuildOutput {
  return { kind: 'unreadable', because };
}
