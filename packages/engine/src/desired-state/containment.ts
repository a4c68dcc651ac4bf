import type { CommitSha, Containment, RepoPath } from '@fairlead/domain';
import { NotFoundError } from '@fairlead/domain';
import type { FileAnswer, FileSnapshot } from '../ports/file-snapshot.ts';
import type { Ancestry, Git } from '../ports/git.ts';
import type { InputRead, Renderer } from '../ports/renderer.ts';
import { sourceOverrides } from './source-overrides.ts';

interface Ports {
  readonly git: Git;
  readonly renderer: Renderer;
}

interface Question {
  readonly path: RepoPath;
  /** The merge commit that has to be delivered. */
  readonly commit: CommitSha;
  /** What the controller synced. */
  readonly revision: CommitSha;
}

/** How a synced revision stands to the commit: it contains it if it descends from it and every file that the environment's render reads is the same. */
export async function containment(ports: Ports, { path, commit, revision }: Question): Promise<Containment> {
  const { git, renderer } = ports;
  const ancestry = await ancestryOf(git, commit, revision);
  if (ancestry === 'unknown') return 'unknown';
  if (ancestry === 'same') return 'contains';
  if (ancestry !== 'ancestor') return ancestry === 'descendant' ? 'not-contained' : 'diverged';
  const rendered = await renderer.render(path, await git.snapshot(commit));
  if (rendered.kind === 'failed') return 'unknown';
  const later = await git.snapshot(revision);
  const isSame = (await sourceOverrides(later, path)).length === 0 && (await sameInputs(rendered.inputs, later));
  return isSame ? 'contains' : 'differs';
}

/** A revision that somebody pushed a moment ago may not be in the mirror yet: then it is worth a look. */
async function ancestryOf(git: Git, commit: CommitSha, revision: CommitSha): Promise<Ancestry | 'unknown'> {
  const known = await knownAncestry(git, commit, revision);
  if (known !== 'unknown') return known;
  await git.fetch();
  return knownAncestry(git, commit, revision);
}

async function knownAncestry(git: Git, commit: CommitSha, revision: CommitSha): Promise<Ancestry | 'unknown'> {
  try {
    return await git.ancestry(commit, revision);
  } catch (error) {
    if (error instanceof NotFoundError) return 'unknown';
    throw error;
  }
}

/** What the render learned must still hold. Where it learned no more than the kind (a folder that it entered without listing it, a file
 *  that only had to be there), the content doesn't matter. */
async function sameInputs(inputs: readonly InputRead[], files: FileSnapshot): Promise<boolean> {
  for (const { path, kind, digest } of inputs) {
    const there = await files.look(path);
    if (there.kind !== kind) return false;
    if (digest !== undefined && digestIn(there) !== digest) return false;
  }
  return true;
}

function digestIn(answer: FileAnswer): string | undefined {
  if (answer.kind === 'symlink') return answer.target;
  return answer.kind === 'absent' ? undefined : answer.digest;
}
