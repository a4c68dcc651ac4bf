import type { CommitSha } from '@fairlead/domain';
import type { FileSnapshot } from './file-snapshot.ts';

/** Other repositories' files at fixed commits. Throws `UpstreamError` where one can't be had, `NotFoundError` where it has no such commit. */
export interface RemoteBases {
  open(repository: string, commit: CommitSha): Promise<FileSnapshot>;
}
