import {
  cosignSignPredicate,
  judgeProvenance,
  readAttestedStatement,
  readProvenance,
  simplySignedImage,
  type AttestedStatement,
  type Digest,
  type ProvenanceDemand,
  type ReleaseSource,
} from '@fairlead/domain';
import type { Attestor, SignedContent } from '../ports/attestor.ts';
import { verifySigners, type FoundMaterial, type KnownSigner, type SignedVerdict } from './verify-signers.ts';

export interface ImageToVerify {
  readonly digest: Digest;
  readonly found: readonly FoundMaterial[];
  readonly signers: readonly KnownSigner[];
}

/** Who signed exactly this image. */
export function verifyImage(attestor: Attestor, { digest, found, signers }: ImageToVerify): Promise<SignedVerdict> {
  return verifySigners(attestor, { found, signers, refuse: (content) => refuseSignature(content, digest) });
}

/** Who says how exactly this image was built, and that it was built as the policy asks. */
export function verifyProvenance(
  attestor: Attestor,
  { digest, found, signers }: ImageToVerify,
  asked: { readonly demand: ProvenanceDemand; readonly source: ReleaseSource },
): Promise<SignedVerdict> {
  return verifySigners(attestor, { found, signers, refuse: (content) => refuseProvenance(content, digest, asked) });
}

function refuseSignature(content: SignedContent, digest: Digest): readonly string[] {
  if (content.kind === 'artifact') return ['it signs a file, no image'];
  if (content.kind === 'simple-signing') return ofImage(simplySignedImage(content.payload), digest);
  const statement = readAttestedStatement(content.payload);
  if (statement === undefined) return ['it signs no image'];
  if (statement.predicateType !== cosignSignPredicate) return [`it says something of an image, and signs none: ${shown(statement)}`];
  return statement.subjects.includes(digest) ? [] : ofImage(statement.subjects[0], digest);
}

function ofImage(signed: Digest | undefined, digest: Digest): readonly string[] {
  if (signed === digest) return [];
  return [signed === undefined ? 'it names no image' : `it signs another image, ${signed}`];
}

function refuseProvenance(
  content: SignedContent,
  digest: Digest,
  { demand, source }: { readonly demand: ProvenanceDemand; readonly source: ReleaseSource },
): readonly string[] {
  const statement = content.kind === 'statement' ? readAttestedStatement(content.payload) : undefined;
  if (statement === undefined) return ['it is no provenance'];
  const provenance = readProvenance(statement);
  if (provenance === 'other-type') return [`it is no provenance: ${shown(statement)}`];
  if (provenance === 'unreadable') return ['its provenance cannot be read'];
  if (!statement.subjects.includes(digest)) return ofImage(statement.subjects[0], digest);
  return judgeProvenance(provenance, demand, source);
}

function shown({ predicateType }: AttestedStatement): string {
  return predicateType.slice(0, 100);
}
