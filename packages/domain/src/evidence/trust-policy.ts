import { z } from 'zod';

const RecordKey = z
  .strictObject({
    /** SHA-256 of the SPKI form, hexadecimal. */
    keyId: z.string().regex(/^[0-9a-f]{64}$/),
    /** DER, base64. */
    spki: z.string(),
    validFrom: z.iso.datetime({ precision: 3 }),
    validUntil: z.iso.datetime({ precision: 3 }).exactOptional(),
  })
  .readonly();

/** What a verifier has to know beforehand, to be handed over by another way than the bundles: the log and its key, witnesses, and the keys that sign records. */
export const TrustPolicy = z.strictObject({
  kind: z.literal('TrustPolicy'),
  log: z.strictObject({ origin: z.string(), vkey: z.string() }).readonly(),
  /** Verifier keys of witnesses, and how many of them have to have cosigned. */
  witnesses: z.array(z.string()).readonly(),
  quorum: z.int().nonnegative(),
  recordKeys: z.array(RecordKey).min(1).readonly(),
  /** Foreign issuers; none are supported yet. */
  issuers: z.array(z.never()).readonly(),
  /** The log as it was seen last: a bundle has to continue it. Absent: nothing was in it. */
  checkpoint: z.string().exactOptional(),
});
export type TrustPolicy = Readonly<z.infer<typeof TrustPolicy>>;

/** The keys of the installation and how long they count, as `keys.json` of a bundle repeats them. */
export type EvidenceKeys = Pick<TrustPolicy, 'log' | 'recordKeys'>;

export function trustPolicyOf({ log, recordKeys }: EvidenceKeys, checkpoint: string | undefined): TrustPolicy {
  return {
    kind: 'TrustPolicy',
    log,
    witnesses: [],
    quorum: 0,
    recordKeys,
    issuers: [],
    ...(checkpoint === undefined ? {} : { checkpoint }),
  };
}
