import { Digest, digestOfBytes, type Digest as DigestType } from '@fairlead/domain';
import type { RegistryDescriptor, RegistryManifest } from '@fairlead/engine';
import { z } from 'zod';

/** Go writes null where a field is empty; here an absent field is left out. */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);
const annotations = z
  .record(z.string(), z.string())
  .nullish()
  .transform((value) => value ?? undefined);
const Platform = z.object({ os: z.string(), architecture: z.string(), variant: text });

const Descriptor = z
  .object({ mediaType: z.string(), digest: Digest, size: z.int().min(0), artifactType: text, annotations, platform: Platform.nullish() })
  .transform(({ platform, artifactType, annotations: notes, ...rest }): RegistryDescriptor => ({
    ...rest,
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(notes === undefined ? {} : { annotations: notes }),
    ...(platform == null ? {} : { platform: platformName(platform) }),
  }));

function platformName({ os, architecture, variant }: z.infer<typeof Platform>): string {
  return [os, architecture, ...(variant === undefined || variant === '' ? [] : [variant])].join('/');
}

const list = z
  .array(Descriptor)
  .nullish()
  .transform((value) => value ?? []);

const Manifest = z.object({
  mediaType: text,
  artifactType: text,
  annotations,
  config: Descriptor.nullish(),
  layers: list,
  manifests: list,
  subject: Descriptor.nullish(),
});

export const mediaTypes = {
  image: 'application/vnd.oci.image.manifest.v1+json',
  index: 'application/vnd.oci.image.index.v1+json',
  dockerImage: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
} as const;

/** A manifest's bytes. `undefined`: they are none. */
export function parseManifest(bytes: Uint8Array, contentType: string | undefined): RegistryManifest | undefined {
  const parsed = Manifest.safeParse(parseJson(bytes));
  if (!parsed.success) return undefined;
  const { mediaType, artifactType, annotations: notes, config, layers, manifests, subject } = parsed.data;
  return {
    digest: digestOf(bytes),
    mediaType: mediaType ?? typeOf(contentType, manifests.length > 0),
    bytes,
    annotations: notes ?? {},
    layers,
    manifests,
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(config == null ? {} : { config }),
    ...(subject == null ? {} : { subject }),
  };
}

function typeOf(contentType: string | undefined, isIndex: boolean): string {
  return contentType?.split(';')[0]?.trim() ?? (isIndex ? mediaTypes.index : mediaTypes.image);
}

const Tags = z.object({ tags: z.array(z.string()).nullish() });

/** A page of tags. `undefined`: it is none. */
export function parseTags(bytes: Uint8Array): readonly string[] | undefined {
  const parsed = Tags.safeParse(parseJson(bytes));
  return parsed.success ? (parsed.data.tags ?? []) : undefined;
}

export function digestOf(bytes: Uint8Array): DigestType {
  return digestOfBytes(bytes);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}
