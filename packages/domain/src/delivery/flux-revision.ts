import { CommitSha } from '../desired-state/commit-sha.ts';

const ofGit = /^(?:[^\s@][^\s]*@)?sha1:([0-9a-f]{40})$/;
/** Makers of artifacts write a commit in several ways: as Flux does, in its older form `main/<sha>`, or bare. */
const ofOrigin = /^(?:[^\s@][^\s]*[@/])?(?:sha1:)?([0-9a-f]{40})$/;

/** The commit that a revision of a GitRepository names: `main@sha1:…`, `refs/heads/main@sha1:…`, `sha1:…`. Anything else names none. */
export function commitOfRevision(revision: string): CommitSha | undefined {
  return named(ofGit, revision);
}

/** The commit that an artifact says it was made from. */
export function commitOfOrigin(origin: string): CommitSha | undefined {
  return named(ofOrigin, origin);
}

function named(form: RegExp, text: string): CommitSha | undefined {
  const sha = CommitSha.safeParse(form.exec(text)?.[1]);
  return sha.success ? sha.data : undefined;
}
