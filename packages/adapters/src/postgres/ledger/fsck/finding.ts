/** What can be wrong with a ledger. */
export type FindingKind =
  | 'leaf-missing'
  | 'leaf-hash'
  | 'leaf-uncovered'
  | 'record-missing'
  | 'record-unreadable'
  | 'record-altered'
  | 'record-columns'
  | 'record-key-unknown'
  | 'record-signature'
  | 'record-unlogged'
  | 'pending-logged'
  | 'tile'
  | 'entries'
  | 'frontier'
  | 'checkpoint-root'
  | 'checkpoint-note'
  | 'checkpoint-beyond'
  | 'event-gap'
  | 'event-order'
  | 'event-altered'
  | 'event-missing'
  | 'event-unsent';

/** One thing that isn't as it must be. */
export interface Finding {
  readonly kind: FindingKind;
  /** The row: `leaf 12`, `record 7`, `checkpoint 300`. */
  readonly where: string;
  readonly detail: string;
}

export type Report = (finding: Finding) => void;

export interface FindingList {
  readonly report: Report;
  /** The first ones, as many as are kept. */
  readonly kept: readonly Finding[];
  readonly total: () => number;
}

/** Counts all, keeps the first: a ledger that is wrong everywhere must not fill the memory. */
export function findingList(keep: number): FindingList {
  const kept: Finding[] = [];
  let total = 0;
  return {
    kept,
    total: () => total,
    report(finding) {
      total += 1;
      if (kept.length < keep) kept.push(finding);
    },
  };
}
