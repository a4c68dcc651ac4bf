import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { git, isolatedGitEnvironment, runGit } from '@fairlead/sandbox';
import { ContentError } from '../../content-error.ts';
import type { OwnRepository } from './own-repository.ts';

export interface TreeCopy {
  /** Absent yet; becomes a work tree of its own repository, on `main`. */
  readonly into: string;
  /** The folder that everything is put in; '' leaves it where it is. */
  readonly below: string;
}

/** Bytes stay as they are committed, whatever the repository says of line ends, encodings and filters. */
const untouched = '* -text -eol -ident -filter -working-tree-encoding\n';

/** Copies the files of HEAD as one commit, which it returns, with nothing of the history: a shallow clone has none, a monorepo too much of it. */
export async function copyTree(own: OwnRepository, { into, below }: TreeCopy): Promise<string> {
  await mkdir(dirname(into), { recursive: true });
  await git(['init', '--quiet', '--template=', '--initial-branch=main', '--object-format=sha1', into], dirname(into));
  await mkdir(join(into, '.git/info'), { recursive: true });
  await writeFile(join(into, '.git/info/attributes'), untouched);
  const at = { GIT_AUTHOR_DATE: own.committedAt, GIT_COMMITTER_DATE: own.committedAt };
  const dated = isolatedGitEnvironment(at);
  const message = `Copy the files of ${own.commit}\n\n${own.subject}\n`;

  // Only these two see their objects: others would touch the times of objects that are there already.
  const theirs = isolatedGitEnvironment({ ...at, GIT_ALTERNATE_OBJECT_DIRECTORIES: JSON.stringify(own.objects) });
  const copied = await runGit(['commit-tree', own.tree, '-m', message], into, theirs);
  if (copied.code !== 0) throw incomplete(own, copied.stderr);
  await git(['update-ref', 'refs/heads/main', copied.stdout.trim()], into, theirs);
  const packed = await runGit(['repack', '-a', '-d', '--quiet'], into, theirs);
  if (packed.code !== 0) throw incomplete(own, packed.stderr);

  if (below !== '') {
    await git(['read-tree', `--prefix=${below}/`, own.tree], into);
    const tree = await git(['write-tree'], into);
    await git(['update-ref', 'refs/heads/main', await git(['commit-tree', tree, '-m', message], into, dated)], into);
  }
  await git(['reset', '--quiet', '--hard'], into);
  return git(['rev-parse', 'HEAD'], into);
}

/** A partial clone fetches on demand what it lacks, and the demo asks no network. */
function incomplete({ top, commit }: OwnRepository, said: string): ContentError {
  const lacks = `${top} does not hold all files of ${commit}: ${said.trim().split('\n')[0] ?? ''}`;
  return new ContentError('checkout-unreadable', 'the repository can not be copied', [`${lacks}\n    fix: clone it without --filter`]);
}
