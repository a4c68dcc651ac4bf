import type { JsonObject, ReleaseOfRevision } from '@fairlead/domain';

/** The release that a synced revision is, or why it is none, as records have it. */
export function mappedBody(mapped: ReleaseOfRevision): JsonObject {
  if (mapped.kind === 'release') return { digest: mapped.digest, version: mapped.version };
  return { none: mapped.code, reason: mapped.reason, ...(mapped.release === undefined ? {} : { release: mapped.release }) };
}
