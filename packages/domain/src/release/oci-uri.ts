import { z } from 'zod';

/** Something in a registry, pinned: `oci://repository@sha256:…`. */
export const OciUri = z
  .string()
  .regex(/^oci:\/\/[^\s@]+@sha256:[0-9a-f]{64}$/, 'expected oci:// with a repository and @sha256:…')
  .brand<'OciUri'>();
export type OciUri = z.infer<typeof OciUri>;
