import { NotFoundError, readOciPlace, type ReferenceToCheck } from '@fairlead/domain';
import type { Registry } from '../ports/registry.ts';
import { pullRelease } from '../release/registry-releases.ts';

/** The manifest at `oci://…@sha256:…`. A registry that doesn't answer is the caller's to tell. */
export async function keptElsewhere(registry: Registry, uri: string): Promise<ReferenceToCheck['manifest']> {
  const place = readOciPlace(uri);
  if (place === undefined) return { kind: 'absent' };
  const pulled = await pullRelease(registry, place).catch((error: unknown) => {
    if (error instanceof NotFoundError) return 'absent' as const;
    throw error;
  });
  if (pulled === 'absent') return { kind: 'absent' };
  return pulled.read.kind === 'ok' ? { kind: 'found', value: pulled.read.value, digest: pulled.read.digest } : { kind: 'invalid' };
}
