import { z } from 'zod';
import { hostPattern, portPattern } from '../document/host-pattern.ts';

const host = `${hostPattern}${portPattern}?`;
const user = '[A-Za-z0-9][A-Za-z0-9._-]*@';
const path = String.raw`[^\s\\?#:@]+`;
const forms = [`https?://${host}/${path}`, `ssh://(?:${user})?${host}/${path}`, `${user}${hostPattern}:${path}`, `file:///${path}`];

/** Where a Git repository is: `https://`, `ssh://`, `user@host:path` or `file:///`. Never with a password or token, which would end in records. */
export const RepositoryUrl = z
  .string()
  .regex(
    new RegExp(`^(?:${forms.join('|')})$`),
    'expected a repository URL without credentials: https://, ssh://, user@host:path or file:///',
  )
  .brand<'RepositoryUrl'>();
export type RepositoryUrl = z.infer<typeof RepositoryUrl>;
