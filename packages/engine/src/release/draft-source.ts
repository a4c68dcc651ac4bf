import type { CommitSha, Service } from '@fairlead/domain';
import type { TreeSnapshot } from '../ports/file-snapshot.ts';
import type { Registry } from '../ports/registry.ts';

/** The checkout that the release is built from. */
export interface DraftSource {
  /** The service root's folder, '' for the top. */
  readonly root: string;
  readonly service?: Service;
  readonly commit: CommitSha;
  readonly committedAt: Date;
  /** The full name of the branch that is checked out. */
  readonly branch?: string;
  readonly origin?: string;
  /** Whether the commit is on the ref, as far as this checkout knows. */
  isOn(ref: string): Promise<boolean | 'unknown'>;
  readonly committed: TreeSnapshot;
  /** Where the commit is the one that is checked out: what lies there now. */
  readonly workingTree?: TreeSnapshot;
  /** Absent: nothing outside the checkout is asked. */
  readonly registry?: Registry;
  /** The commit's files as another commit has them; `absent` where the checkout doesn't have that. */
  readonly at?: (commit: CommitSha) => Promise<TreeSnapshot | 'absent'>;
}
