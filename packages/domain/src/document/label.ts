import { z } from 'zod';

/** A name that also fits a DNS label, a folder, a branch and a Kubernetes name. */
export function label(what: string): z.ZodString {
  const expected = `expected a ${what}: up to 63 lower-case letters, digits and inner hyphens`;
  return z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, expected);
}

/** An id that somebody else made: kept as it is, safe in a path segment and on a command line. */
export function foreignId(what: string): z.ZodString {
  const expected = `expected a ${what}: up to 128 letters, digits and . _ + - after a letter or digit`;
  return z.string().regex(/^[0-9A-Za-z][0-9A-Za-z._+-]{0,127}$/, expected);
}
