import { createHash } from 'node:crypto';

export interface ListedName {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'link';
}

/** Of a folder's names and what they are, not of what lies below: a render that lists a folder depends on no more,
 *  and a checkout and a commit with the same names have the same digest. */
export function listingDigest(names: readonly ListedName[]): string {
  const lines = names.map(({ name, kind }) => `${kind} ${name}\0`).sort();
  return `sha256:${createHash('sha256').update(lines.join('')).digest('hex')}`;
}
