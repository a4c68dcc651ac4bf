import type { SignatureCheck } from './verify-release.ts';

/** What to do about a demand that isn't met. */
export function signatureAdvice({ rule, signers }: Pick<SignatureCheck, 'rule' | 'signers'>): string {
  const whose = signers.join(' or ');
  switch (rule) {
    case 'manifest-signature':
      return `sign it as ${whose}: fairlead release sign FILE --key KEY, or cosign sign-blob --bundle FILE.sig.json FILE, and commit FILE.sig.json`;
    case 'image-signature':
      return `let the build sign the image as ${whose}, and keep the bundle in releases/<service>/attestations/`;
    case 'image-provenance':
      return `let the build attest how it built the image, signed by ${whose}, and keep the bundle in releases/<service>/attestations/`;
  }
}
