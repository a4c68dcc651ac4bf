import { z } from 'zod';

const objectName = (what: string): z.ZodString =>
  z.string().regex(/^[0-9a-f]{40}$/, `expected the full ${what}: 40 lower-case hexadecimal digits`);

/** A full Git commit id (SHA-1). */
export const CommitSha = objectName('commit SHA').brand<'CommitSha'>();
export type CommitSha = z.infer<typeof CommitSha>;

/** A full Git tree or blob id (SHA-1). */
export const ObjectSha = objectName('object SHA').brand<'ObjectSha'>();
export type ObjectSha = z.infer<typeof ObjectSha>;
