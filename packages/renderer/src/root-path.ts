export type RootPath =
  | { readonly kind: 'inside'; readonly path: string }
  /** Leaves the readable root. */
  | { readonly kind: 'outside' }
  /** Not a relative path. */
  | { readonly kind: 'malformed' };

/** Resolves `.` and `..` of a path relative to the readable root. */
export function rootPath(text: string): RootPath {
  if (text.startsWith('/') || text.includes('\0')) return { kind: 'malformed' };
  const segments: string[] = [];
  for (const segment of text.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return { kind: 'outside' };
  }
  return { kind: 'inside', path: segments.join('/') };
}
