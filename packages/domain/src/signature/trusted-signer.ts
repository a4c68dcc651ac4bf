import { z } from 'zod';
import { label } from '../document/label.ts';
import { RepoPath } from '../document/repo-path.ts';
import { IdentityPattern } from './identity-pattern.ts';

export const SignerName = label('signer name').brand<'SignerName'>();
export type SignerName = z.infer<typeof SignerName>;

/** Beside the policies, so that what decides whom to trust is protected like them. */
const TrustFile = RepoPath.refine(
  (path) => path.startsWith('.fairlead/'),
  'lies outside .fairlead/, whose files are protected: put it in .fairlead/keys/ or .fairlead/trust/',
);

const Keyless = z
  .strictObject({
    /** Who vouched for the identity: the issuer of the OIDC token, exactly. */
    issuer: z
      .string()
      .regex(/^https:\/\/[^\s*]+$/, 'expected the https:// address of an issuer, exactly as certificates have it')
      .max(512),
    subject: IdentityPattern,
  })
  .readonly();

/** Who may sign: the holder of a key, or an identity that a certificate authority of the trusted root vouched for.
 *  With `trustedRoot` a key's signature must be in one of its logs too. Paths are relative to the service root. */
export const TrustedSigner = z
  .strictObject({
    name: SignerName,
    key: TrustFile.exactOptional(),
    keyless: Keyless.exactOptional(),
    trustedRoot: TrustFile.exactOptional(),
  })
  .superRefine(({ name, key, keyless, trustedRoot }, context) => {
    if ((key === undefined) === (keyless === undefined))
      context.addIssue({ code: 'custom', message: `signer ${name} needs exactly one of key and keyless` });
    if (keyless !== undefined && trustedRoot === undefined)
      context.addIssue({
        code: 'custom',
        message: `signer ${name} is keyless, so it needs trustedRoot: the file of those who vouch for it`,
      });
  })
  .readonly();
export type TrustedSigner = z.infer<typeof TrustedSigner>;

/** Who a signature was proved to be of. */
export type VerifiedIdentity =
  { readonly kind: 'key'; readonly keyId: string } | { readonly kind: 'keyless'; readonly issuer: string; readonly subject: string };
