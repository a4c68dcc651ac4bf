import type { ObjectRef } from '../desired-state/object-ref.ts';
import type { FindingSeverity, Rule } from '../policy/rule.ts';

/** The rules about secrets, by their stable names. */
export type SecretRule = Extract<Rule, `S${number}`>;

/** A secret as a scanner found it. `value` is for its keyed fingerprint alone, and may stand in nothing that anybody reads. */
export interface FoundSecret {
  readonly rule: SecretRule;
  /** A sentence without full stop that says where it is and what it is. */
  readonly message: string;
  readonly line: number;
  readonly column: number;
  /** In its document; '' where the file has none. */
  readonly pointer: string;
  readonly value: string;
  readonly object?: ObjectRef;
  /** Where it is another than the rule's. */
  readonly severity?: FindingSeverity;
}
