import type { CommitSha, ObjectSha } from '@fairlead/domain';

/** Commits that can be reached from `tip` and not from `base`. */
export interface CommitRange {
  readonly base: CommitSha;
  readonly tip: CommitSha;
}

/** A file as one commit has it. `path` is for people: a name that is no UTF-8 has signs in it that stand for others. */
export interface CommitFile {
  readonly path: string;
  readonly blob: ObjectSha;
}

/** What one commit says and has that none of its parents has. Of a merge that is what neither side brought. */
export interface CommitContent {
  readonly commit: CommitSha;
  readonly message: string;
  /** Files and symbolic links, whose content is where they lead. Submodules are other repositories' and left out. */
  readonly files: readonly CommitFile[];
}

export type Blob = { readonly kind: 'blob'; readonly bytes: Uint8Array } | { readonly kind: 'too-large' | 'absent' };

/** The past of one checkout, read and never written. */
export interface CommitHistory {
  /** Oldest first. `shallow`: a clone that was cut off within the range, by the commit where it ends. Precondition: the checkout has both commits. */
  commits(
    range: CommitRange,
  ): Promise<
    { readonly kind: 'commits'; readonly commits: readonly CommitContent[] } | { readonly kind: 'shallow'; readonly at: CommitSha }
  >;
  /** The files of these paths that a commit has, by path. */
  filesAt(commit: CommitSha, paths: readonly string[]): Promise<ReadonlyMap<string, ObjectSha>>;
  /** `most`: in bytes. `absent`: a partial clone left it out. */
  blob(blob: ObjectSha, most: number): Promise<Blob>;
}
