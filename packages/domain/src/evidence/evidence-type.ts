import { z } from 'zod';

/** What a record states. The predicate type is `https://fairlead.dev/attestation/<type>/v1`, or the standard one where one exists. */
export const EvidenceType = z.enum([
  'release-manifest',
  'desired-state',
  'promotion-plan',
  'promotion-step',
  'approval',
  'gate',
  'merge',
  'sync-observation',
  'live-digests',
  'validation',
  'readiness',
  'live-observation',
  'observation-coverage',
  'drift-opened',
  'drift-resolved',
  'drift-action',
  'unauthorised-change',
  'exception',
  'revocation',
  'reconciliation-task',
  'suspension',
  'promotion-closure',
  'bundle-manifest',
]);
export type EvidenceType = z.infer<typeof EvidenceType>;
