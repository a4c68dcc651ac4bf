import { z } from 'zod';

const written = /^(?:env:[A-Za-z_][A-Za-z0-9_]*|file:\/[^\0\r\n]+)$/;

/** Where a secret is, never the secret. A refinement and not a pattern: what stands here by mistake may be one, so no message shows it. */
export const SecretReference = z
  .string()
  .refine((text) => written.test(text), {
    error: 'expected a reference to a secret: env:NAME or file:/path',
    params: { hint: 'put the value in an environment variable or a file with mode 0600, and name that here' },
  })
  .meta({ pattern: written.source })
  .brand<'SecretReference'>();
export type SecretReference = z.infer<typeof SecretReference>;

export type SecretSource = { readonly kind: 'env'; readonly name: string } | { readonly kind: 'file'; readonly path: string };

export function secretSource(reference: SecretReference): SecretSource {
  const place = reference.slice(reference.indexOf(':') + 1);
  return reference.startsWith('env:') ? { kind: 'env', name: place } : { kind: 'file', path: place };
}
