import { CommitSha, Digest } from '@fairlead/domain';
import { z } from 'zod';
import { listOf } from './list.ts';

export const ReleaseView = z.object({
  digest: Digest,
  service: z.string(),
  version: z.string(),
  commit: CommitSha,
  registeredAt: z.string(),
  evidence: Digest,
});
export type ReleaseView = Readonly<z.infer<typeof ReleaseView>>;

export const ReleaseList = listOf('ReleaseList', ReleaseView);

/** The manifest as CI wrote it; its bytes are kept. */
export const RegisterRelease = z.strictObject({ manifest: z.string().min(1).max(1_048_576) });
export const RegisteredRelease = z.object({ kind: z.enum(['registered', 'exists']), release: ReleaseView });
