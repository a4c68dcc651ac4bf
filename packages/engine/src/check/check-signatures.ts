import {
  documentText,
  readReleaseManifestRef,
  RepoPath,
  signatureDemands,
  type ReleaseManifest,
  type SignatureDemands,
} from '@fairlead/domain';
import type { Attestor } from '../ports/attestor.ts';
import { keptImageSignatures, keptManifestSignatures } from '../release/kept-signatures.ts';
import { verifyRelease, type SignatureCheck, type SignatureRule } from '../release/verify-release.ts';
import { signatureAdvice } from '../release/signature-advice.ts';
import type { Checking } from './checking.ts';
import type { ReferredReleases } from './check-references.ts';
import type { FoundEnvironment } from './find-environments.ts';

/** Judges the release of each environment by what the policy of its tier asks of signatures, by what the repository keeps. */
export async function checkSignatures(
  checking: Checking,
  environments: readonly FoundEnvironment[],
  { releases, attestor }: { readonly releases: ReferredReleases; readonly attestor: Attestor | undefined },
): Promise<void> {
  for (const environment of environments) {
    const { declared, name } = environment;
    const demands = declared === undefined ? 'none' : signatureDemands(declared.policy.signatures, declared.environment.spec.tier);
    if (declared === undefined || demands === 'none') continue;
    const manifest = releases.get(name);
    const leftOpen =
      manifest === undefined ? 'the release is not known' : attestor === undefined ? 'nothing here verifies signatures' : undefined;
    if (leftOpen !== undefined) checking.notes.leaveOpen(rulesOf(demands), leftOpen, name);
    if (manifest !== undefined && attestor !== undefined)
      await judge({ checking, attestor }, { ...environment, declared }, { manifest, demands });
  }
}

function rulesOf({ manifest, images, provenance }: SignatureDemands): readonly SignatureRule[] {
  return [
    ...(manifest === undefined ? [] : ['manifest-signature' as const]),
    ...(images === undefined ? [] : ['image-signature' as const]),
    ...(provenance === undefined ? [] : ['image-provenance' as const]),
  ];
}

async function judge(
  { checking, attestor }: { readonly checking: Checking; readonly attestor: Attestor },
  environment: FoundEnvironment & Required<Pick<FoundEnvironment, 'declared'>>,
  { manifest, demands }: { readonly manifest: ReleaseManifest; readonly demands: SignatureDemands },
): Promise<void> {
  const { files, notes } = checking;
  const { declared, name } = environment;
  const { root, service } = declared;
  const reference = await referenceOf(checking, environment);
  if (reference === undefined) return;
  const { path, bytes, place } = reference;
  const checks = await verifyRelease(attestor, {
    manifest,
    bytes,
    found: await keptManifestSignatures(files, path),
    images: keptImageSignatures(files, { root, service: service.metadata.name }),
    demands,
    refs: service.spec.source.refs,
    trust: { files, root },
  });
  for (const check of checks) {
    const { outcome, rule } = check;
    if (outcome.kind === 'not-checked') notes.leaveOpen([rule], outcome.because, name);
    if (outcome.kind === 'failed')
      notes.add({ rule, environment: name, message: messageOf(check, outcome.because), fix: signatureAdvice(check), ...place });
  }
}

interface Reference {
  /** Of the manifest. */
  readonly path: RepoPath;
  readonly bytes: Uint8Array;
  /** Of the line that names the release. */
  readonly place: { readonly file: string; readonly line: number; readonly column: number; readonly pointer: string };
}

/** That the reference and the manifest are right was judged before. */
async function referenceOf({ files }: Checking, { path, declared }: FoundEnvironment): Promise<Reference | undefined> {
  const file = below(path, 'release-manifest.ref');
  const answer = await files.look(file);
  const text = answer.kind === 'file' ? documentText(answer.bytes, file) : undefined;
  const ref = text?.kind === 'text' ? readReleaseManifestRef(text.text, file) : undefined;
  if (ref?.kind !== 'ok' || declared === undefined) return undefined;
  const manifest = RepoPath.parse(below(declared.root, ref.value.manifest));
  const looked = await files.look(manifest);
  if (looked.kind !== 'file') return undefined;
  return { path: manifest, bytes: looked.bytes, place: { file, ...ref.lines.valueAt('/release'), pointer: '/release' } };
}

const shown = 3;

function messageOf({ rule, subject, signers }: SignatureCheck, because: readonly string[]): string {
  const what = rule === 'image-provenance' ? 'has no provenance that the policy takes' : 'is not signed as the policy asks';
  const reasons =
    because.length === 0 ? `there is no signature, and one of ${signers.join(', ')} is needed` : because.slice(0, shown).join('; ');
  const more = because.length > shown ? ` (and ${String(because.length - shown)} more)` : '';
  return `${subject} ${what}: ${reasons}${more}`;
}

function below(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}
