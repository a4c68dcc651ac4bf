import type { FindingSeverity } from '../../policy/rule.ts';

/** S06 private keys, S08 tokens of a cluster, S09 credentials in addresses and connection strings, S14 tokens of providers. */
export type TextSecretRule = 'S06' | 'S08' | 'S09' | 'S14';

/** A secret in any text. `start` and `end` are offsets in it; the value itself is in no part. */
export interface TextSecret {
  readonly rule: TextSecretRule;
  readonly start: number;
  readonly end: number;
  /** In words, with its article: `a GitHub token`. */
  readonly what: string;
  /** Where it is another than the rule's: a password like `changeme` may be live or not. */
  readonly severity?: FindingSeverity;
}
