import type { Digest, ImageRepository, ReleaseManifest, SignatureDemands, SignerName, VerifiedIdentity } from '@fairlead/domain';
import type { Attestor } from '../ports/attestor.ts';
import type { FileSnapshot } from '../ports/file-snapshot.ts';
import { knownSigners } from './known-signers.ts';
import { verifyImage, verifyProvenance } from './verify-image.ts';
import { verifyManifest } from './verify-manifest.ts';
import type { FoundMaterial, KnownSigner, SignedVerdict } from './verify-signers.ts';

export type SignatureRule = 'manifest-signature' | 'image-signature' | 'image-provenance';

/** What came of one demand. `because`: clauses without a full stop. */
export type SignatureOutcome =
  | { readonly kind: 'met'; readonly by: SignerName; readonly identity: VerifiedIdentity }
  | { readonly kind: 'failed'; readonly because: readonly string[] }
  | { readonly kind: 'not-checked'; readonly because: string };

export interface SignatureCheck {
  readonly rule: SignatureRule;
  /** What is to be signed: the release, or an image of it. */
  readonly subject: string;
  readonly signers: readonly SignerName[];
  readonly outcome: SignatureOutcome;
}

/** Where signatures of images are looked for. A list is all that there is; a word is why nobody can know. */
export interface ImageSignatures {
  of(image: {
    readonly repository: ImageRepository;
    readonly digest: Digest;
  }): Promise<readonly FoundMaterial[] | { readonly unknown: string }>;
}

export interface ReleaseToVerify {
  readonly manifest: ReleaseManifest;
  readonly bytes: Uint8Array;
  /** Of the manifest. */
  readonly found: readonly FoundMaterial[];
  readonly images: ImageSignatures;
  readonly demands: SignatureDemands;
  /** Where releases may be built, where the demand doesn't say. */
  readonly refs: readonly string[];
  /** Holds the files that signers are known by; `root` is the service root. */
  readonly trust: { readonly files: FileSnapshot; readonly root: string };
}

/** Judges a release by all that the policy asks of its signatures, in the order manifest, images, provenance. */
export async function verifyRelease(attestor: Attestor, release: ReleaseToVerify): Promise<readonly SignatureCheck[]> {
  const { manifest, bytes, found, demands } = release;
  const checks: SignatureCheck[] = [];
  if (demands.manifest !== undefined) {
    const signers = await signersOf(release, demands.manifest);
    const verdict = await verifyManifest(attestor, { manifest, bytes, found, signers });
    const { service, version } = manifest.metadata;
    checks.push({
      rule: 'manifest-signature',
      subject: `release ${service} ${version}`,
      signers: demands.manifest,
      outcome: outcomeOf(verdict),
    });
  }
  for (const component of manifest.components) checks.push(...(await verifyComponent(attestor, release, component)));
  return checks;
}

type Component = ReleaseManifest['components'][number];

async function verifyComponent(
  attestor: Attestor,
  release: ReleaseToVerify,
  { name, image }: Component,
): Promise<readonly SignatureCheck[]> {
  const { images, provenance } = release.demands;
  if (images === undefined && provenance === undefined) return [];
  const found = await release.images.of(image);
  const subject = `image ${image.repository}@${image.digest} of ${name}`;
  const { digest } = image;
  const judge = async (
    names: readonly SignerName[],
    verify: (known: { readonly found: readonly FoundMaterial[]; readonly signers: readonly KnownSigner[] }) => Promise<SignedVerdict>,
  ): Promise<SignatureOutcome> => {
    if ('unknown' in found) return { kind: 'not-checked', because: found.unknown };
    return outcomeOf(await verify({ found, signers: await signersOf(release, names) }));
  };
  const checks: SignatureCheck[] = [];
  if (images !== undefined) {
    const outcome = await judge(images, (known) => verifyImage(attestor, { digest, ...known }));
    checks.push({ rule: 'image-signature', subject, signers: images, outcome });
  }
  if (provenance !== undefined) {
    const { repository, commit } = release.manifest.source;
    const asked = { demand: provenance, source: { repository, commit, refs: release.refs } };
    const outcome = await judge(provenance.signers, (known) => verifyProvenance(attestor, { digest, ...known }, asked));
    checks.push({ rule: 'image-provenance', subject, signers: provenance.signers, outcome });
  }
  return checks;
}

function signersOf({ trust, demands }: ReleaseToVerify, names: readonly SignerName[]): Promise<readonly KnownSigner[]> {
  return knownSigners(trust, demands.signers, names);
}

function outcomeOf(verdict: SignedVerdict): SignatureOutcome {
  if (verdict.kind === 'unsigned') return { kind: 'failed', because: verdict.reasons };
  return { kind: 'met', by: verdict.by, identity: verdict.identity };
}
