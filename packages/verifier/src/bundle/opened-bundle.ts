import type { Statement } from '../record/statement.ts';

/** A record whose place in the log is proven. */
export interface ProvenRecord extends Statement {
  readonly index: number;
  readonly digest: string;
}

export interface ProvenLeaf {
  readonly index: number;
  readonly digest: string;
  readonly predicateType: string;
}

/** What is signed and in the log, by the log's order; what it means is judged afterwards. */
export interface OpenedBundle {
  readonly records: readonly ProvenRecord[];
  readonly withheld: readonly ProvenLeaf[];
}
