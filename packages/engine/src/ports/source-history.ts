import type { CommitSha } from '@fairlead/domain';

/** What a checkout knows of where its commits are. */
export interface SourceHistory {
  /** Where the repository is, without credentials; absent where nobody says. */
  readonly origin?: string;
  /** Whether the commit is on the ref. `unknown`: the checkout lacks one of them. */
  isOn(commit: CommitSha, ref: string): Promise<boolean | 'unknown'>;
}
