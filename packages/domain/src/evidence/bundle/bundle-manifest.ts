import { canonicalBytes, digestOfBytes } from '../digest.ts';
import { jsonOfBytes } from '../json-bytes.ts';
import { SigstoreBundle } from '../sigstore-bundle.ts';
import type { NewEvidence } from '../new-evidence.ts';
import type { BundleFile } from './bundle-file.ts';
import { withheldRecords, type BundleContents } from './bundle-contents.ts';

/** The promotion that a bundle proves, and who asked for the bundle. */
export type BundleSubject = Required<Pick<NewEvidence, 'service' | 'environment' | 'release' | 'promotion'>> &
  Pick<NewEvidence, 'at' | 'actor'>;

export interface Manifested {
  readonly contents: BundleContents;
  readonly files: readonly BundleFile[];
  /** What the bundle lacks to be a complete proof. */
  readonly missing: readonly string[];
}

/** The statement of what a bundle holds, to be signed like every other fact. A tenant isn't told who exported it. */
export function bundleManifest({ actor, ...subject }: BundleSubject, { contents, files, missing }: Manifested): NewEvidence {
  const { audience, records, size } = contents;
  return {
    ...subject,
    type: 'bundle-manifest',
    ...(actor === undefined || audience === 'tenant' ? {} : { actor }),
    subjects: [{ name: 'release', digest: { sha256: hexOf(subject.release) } }],
    body: {
      bundle: 'promotion',
      version: 1,
      audience,
      range: { from: records.reduce((first, { index }) => Math.min(first, index), size), to: size },
      files: files.map(({ path, bytes }) => ({ path, size: bytes.length, sha256: hexOf(digestOfBytes(bytes)) })),
      withheld: withheldRecords(contents),
      missing: [...missing],
    },
  };
}

/** `manifest.dsse.json`: the envelope of the signed statement, alone. */
export function manifestFile(bundle: Uint8Array): BundleFile {
  const { payload, payloadType, signatures } = SigstoreBundle.parse(jsonOfBytes(bundle, 'a signed manifest')).dsseEnvelope;
  const [{ keyid, sig }] = signatures;
  return { path: 'manifest.dsse.json', bytes: canonicalBytes({ payload, payloadType, signatures: [{ keyid, sig }] }) };
}

function hexOf(digest: string): string {
  return digest.slice('sha256:'.length);
}
