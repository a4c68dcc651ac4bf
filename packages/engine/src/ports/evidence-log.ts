import type { Digest, EarlierCheckpoint, EvidenceKeys, TreeHash } from '@fairlead/domain';

/** Records in the log under one checkpoint. */
export interface ProvenRecords {
  readonly origin: string;
  readonly size: number;
  /** The signed note. */
  readonly checkpoint: string;
  readonly places: ReadonlyMap<Digest, ProvenPlace>;
}

export interface ProvenPlace {
  readonly index: number;
  readonly leaf: Uint8Array;
  readonly proof: readonly TreeHash[];
}

/** The log that records go to, as its readers see it. */
export interface EvidenceLog {
  /** Proves that all of these are in the log, under one checkpoint, the newest. Throws `NotFoundError` (`record-unknown`) for one that isn't yet. */
  prove(records: readonly Digest[]): Promise<ProvenRecords>;
  /** That the log of `size` continues an earlier checkpoint, given as its signed note. Throws `InvalidError` for a note that this log never signed. */
  continues(note: string, size: number): Promise<EarlierCheckpoint>;
  /** The newest checkpoint's note; absent before the first record. */
  checkpoint(): Promise<string | undefined>;
  /** The keys whose word counts, and since when. */
  keys(): Promise<EvidenceKeys>;
  /** Settles when the log has taken up the record. Precondition: its transaction has committed. */
  covered(record: Digest): Promise<void>;
}
