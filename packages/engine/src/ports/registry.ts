import type { Digest, ImageRepository } from '@fairlead/domain';

/** Something in a registry: by its digest, or by a tag, which names something else tomorrow. */
export interface RegistryReference {
  readonly repository: ImageRepository;
  readonly reference: string;
}

/** What a manifest says of content: the distribution spec's descriptor, as far as it is read. */
export interface RegistryDescriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: number;
  readonly artifactType?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  /** `os/architecture` or `os/architecture/variant`; only in an index. */
  readonly platform?: string;
}

/** A manifest or an index, whose bytes were verified to have `digest`. */
export interface RegistryManifest {
  readonly digest: Digest;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly artifactType?: string;
  readonly annotations: Readonly<Record<string, string>>;
  /** Of an image or artifact. */
  readonly config?: RegistryDescriptor;
  readonly layers: readonly RegistryDescriptor[];
  /** Of an index; an image has none. */
  readonly manifests: readonly RegistryDescriptor[];
  readonly subject?: RegistryDescriptor;
}

export interface BlobReference {
  readonly repository: ImageRepository;
  readonly digest: Digest;
  /** What is longer is refused before it is read. */
  readonly maxBytes: number;
}

/** Registries, by the OCI distribution spec. What is read by digest was verified to have it.
 *  Throws `UpstreamError` (`registry-…`) where one doesn't answer, not in time, or lies; `ForbiddenError` (`registry-denied`) where it lets us not. */
export interface Registry {
  /** By tag or digest. `absent`: it isn't there, or nobody may know that it is. */
  manifest(reference: RegistryReference): Promise<RegistryManifest | 'absent'>;
  blob(blob: BlobReference): Promise<Uint8Array | 'absent'>;
  /** What refers to the subject, by the referrers API or, where a registry has none, by the fallback tag. None: an empty list. */
  referrers(
    subject: { readonly repository: ImageRepository; readonly digest: Digest },
    artifactType?: string,
  ): Promise<readonly RegistryDescriptor[]>;
  /** Every tag of a repository, by name. */
  tags(repository: ImageRepository): Promise<readonly string[] | 'absent'>;
  /** Puts content there unless it is there already. */
  pushBlob(repository: ImageRepository, bytes: Uint8Array): Promise<Digest>;
  /** Under its digest, and under the tag where one is given. What it names must be there. */
  pushManifest(target: { readonly repository: ImageRepository; readonly tag?: string }, manifest: NewRegistryManifest): Promise<Digest>;
}

export interface NewRegistryManifest {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}
