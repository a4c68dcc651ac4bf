import type { Git, LocalChange, LocalChanges, MergeHistory } from '@fairlead/engine';

export interface LocalForgeOptions {
  readonly git: Git & MergeHistory;
  readonly changes: LocalChanges;
  /** Where people see the change. */
  readonly url: (change: LocalChange) => string;
  /** Gives merge commits their time; without it a merge bears the time at which its change was opened. */
  readonly now?: () => Date;
}
