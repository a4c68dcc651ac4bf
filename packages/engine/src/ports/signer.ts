import type { NewEvidence, SignedRecord } from '@fairlead/domain';

/** Signs facts with the installation's record key, before the transaction that appends them. */
export interface Signer {
  sign(evidence: NewEvidence): Promise<SignedRecord>;
}
