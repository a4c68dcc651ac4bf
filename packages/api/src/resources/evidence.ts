import { Digest, EvidenceType } from '@fairlead/domain';
import { z } from 'zod';
import { listOf } from './list.ts';

/** A record's name and place. `index` is absent until the log has taken it up. */
export const EvidenceView = z.object({
  digest: Digest,
  type: EvidenceType,
  environment: z.string().optional(),
  promotion: z.string().optional(),
  at: z.string(),
  index: z.number().optional(),
  /** What it says, in a few words. */
  summary: z.string().optional(),
});
export type EvidenceView = Readonly<z.infer<typeof EvidenceView>>;

export const EvidenceList = listOf('EvidenceList', EvidenceView);

/** The signed bundle (Sigstore v0.3, JSON as stored) with its proof: `proof` is a C2SP tlog-proof text. */
export const EvidenceDetail = EvidenceView.extend({ bundle: z.string(), proof: z.string().optional() });
