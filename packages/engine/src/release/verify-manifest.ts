import {
  cosignSignPredicate,
  digestOfBytes,
  provenancePredicates,
  readAttestedStatement,
  releaseDigest,
  releaseSignaturePredicate,
  type ReleaseManifest,
} from '@fairlead/domain';
import type { Attestor, SignedContent } from '../ports/attestor.ts';
import { verifySigners, type FoundMaterial, type KnownSigner, type SignedVerdict } from './verify-signers.ts';

export interface ManifestToVerify {
  readonly manifest: ReleaseManifest;
  /** The file's, as `cosign sign-blob` signs it. */
  readonly bytes: Uint8Array;
  readonly found: readonly FoundMaterial[];
  readonly signers: readonly KnownSigner[];
}

/** Who signed a manifest: the release that it is, or the file as it lies there. */
export function verifyManifest(attestor: Attestor, { manifest, bytes, found, signers }: ManifestToVerify): Promise<SignedVerdict> {
  const meant = [releaseDigest(manifest), digestOfBytes(bytes)];
  return verifySigners(attestor, { found, signers, artifact: bytes, refuse: (content) => refuse(content, meant) });
}

/** That something was said of a manifest is no signature of it: a failed scan is said too. */
const accepted = [releaseSignaturePredicate, cosignSignPredicate, ...provenancePredicates];

function refuse(content: SignedContent, meant: readonly string[]): readonly string[] {
  if (content.kind === 'artifact') return [];
  const statement = content.kind === 'statement' ? readAttestedStatement(content.payload) : undefined;
  if (statement === undefined) return ['it signs no manifest'];
  if (!accepted.includes(statement.predicateType)) return [`it says something else of it: ${statement.predicateType.slice(0, 100)}`];
  if (statement.subjects.some((subject) => meant.includes(subject))) return [];
  return [
    `it signs another manifest, ${statement.subjects[0] ?? 'which it names by no sha256'}, and this one is release ${meant[0] ?? ''}`,
  ];
}
