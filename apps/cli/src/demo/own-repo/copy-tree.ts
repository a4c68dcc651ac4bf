import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { git, isolatedGitEnvironment, runGit } from '@fairlead/sandbox';
import { ContentError } from '../../content-error.ts';
import { gitWithInput } from './git-with-input.ts';
import type { OwnRepository } from './own-repository.ts';

export interface CopyPlace {
  /** Absent yet; becomes a work tree of its own repository, on `main`. */
  readonly into: string;
  /** The folder that everything is put in; '' leaves it where it is. */
  readonly below: string;
}

export interface TreeCopy {
  readonly commit: string;
  /** Paths of files that a partial clone fetches on demand: nobody is asked for them. */
  readonly absent: readonly string[];
}

/** Bytes stay as they are committed, whatever the repository says of line ends, encodings and filters. */
const untouched = '* -text -eol -ident -filter -working-tree-encoding\n';

/** Copies the files of HEAD as one commit, with nothing of the history: a shallow clone has none, a monorepo too much of it. */
export async function copyTree(own: OwnRepository, { into, below }: CopyPlace): Promise<TreeCopy> {
  await mkdir(dirname(into), { recursive: true });
  await git(['init', '--quiet', '--template=', '--initial-branch=main', '--object-format=sha1', into], dirname(into));
  await mkdir(join(into, '.git/info'), { recursive: true });
  await writeFile(join(into, '.git/info/attributes'), untouched);

  const missing = await copyObjects(own, into);
  const read = await runGit(['read-tree', ...(below === '' ? [] : [`--prefix=${below}/`]), own.tree], into);
  if (read.code !== 0) throw incomplete(own, read.stderr);
  const absent = await takeOut(into, missing);
  const dated = isolatedGitEnvironment({ GIT_AUTHOR_DATE: own.committedAt, GIT_COMMITTER_DATE: own.committedAt });
  const message = `Copy the files of ${own.commit}\n\n${own.subject}\n`;
  const commit = await git(['commit-tree', await git(['write-tree'], into), '-m', message], into, dated);
  await git(['update-ref', 'refs/heads/main', commit], into);
  await git(['reset', '--quiet', '--hard'], into);
  return { commit, absent };
}

/** Gives the ids of those that are not there. Only these two calls see the objects of the other repository: those that write some touch the
 *  times of equal ones that are there already. */
async function copyObjects(own: OwnRepository, into: string): Promise<ReadonlySet<string>> {
  const env = isolatedGitEnvironment({ GIT_ALTERNATE_OBJECT_DIRECTORIES: JSON.stringify(own.objects) });
  const found = await runGit(['rev-list', '--objects', '--no-object-names', '--missing=print', own.tree], into, env);
  if (found.code !== 0) throw incomplete(own, found.stderr);
  const listed = found.stdout.trimEnd().split('\n');
  const [absent, present] = [listed.filter((id) => id.startsWith('?')), listed.filter((id) => !id.startsWith('?'))];
  await gitWithInput(['pack-objects', '-q', join(into, '.git/objects/pack/pack')], { cwd: into, env, input: `${present.join('\n')}\n` });
  return new Set(absent.map((id) => id.slice(1)));
}

async function takeOut(into: string, missing: ReadonlySet<string>): Promise<readonly string[]> {
  if (missing.size === 0) return [];
  const entries = (await git(['ls-files', '--stage', '-z'], into)).split('\0');
  const paths = entries.flatMap((entry) => {
    const [, id = '', path = ''] = /^\d+ ([0-9a-f]+) \d\t(.*)$/s.exec(entry) ?? [];
    return missing.has(id) ? [path] : [];
  });
  const input = paths.map((path) => `${path}\0`).join('');
  await gitWithInput(['update-index', '--force-remove', '-z', '--stdin'], { cwd: into, env: isolatedGitEnvironment(), input });
  return paths;
}

/** Without its folders nobody can say what the commit has. */
function incomplete({ top, commit }: OwnRepository, said: string): ContentError {
  const lacks = `${top} does not hold the folders of ${commit}: ${said.trim().split('\n')[0] ?? ''}`;
  return new ContentError('checkout-unreadable', 'the repository can not be copied', [
    `${lacks}\n    fix: clone it without a filter on trees`,
  ]);
}
