import { type CommitSha, type Edit, decodeUtf8, ObjectSha, RepoPath } from '@fairlead/domain';
import type { Git, NewCommit } from '../ports/git.ts';
import type { Contract, Equal } from './contract.ts';

/** A remote whose `main` has `README.md` and `base/a.yaml`. Fresh for each case. */
export interface GitWorld {
  readonly git: Git;
  /** The same remote, as another process would open it: nothing is shared but the remote. */
  another(): Git;
  /** Somebody else's commit on the branch, made from `main` where it doesn't exist yet. */
  pushForeign(branch: string, files: Readonly<Record<string, string>>): Promise<CommitSha>;
  deleteBranch(branch: string): Promise<void>;
}

const at = new Date('2026-11-23T10:00:00.700Z');
const readme = RepoPath.parse('README.md');
const base = RepoPath.parse('base/a.yaml');

function request(parent: CommitSha, edits: readonly Edit[]): NewCommit {
  return { parents: [parent], base: parent, edits, message: 'promote: one\n\nFairlead-Plan: x', at };
}

async function headOf(git: Git, branch: string): Promise<CommitSha> {
  await git.fetch();
  const head = await git.head(branch);
  if (head === 'absent') throw new Error(`there is no branch ${branch}`);
  return head;
}

async function textAt(git: Git, commit: CommitSha, path: RepoPath): Promise<string> {
  const found = await (await git.snapshot(commit)).look(path);
  return found.kind === 'file' ? (decodeUtf8(found.bytes) ?? 'not UTF-8') : found.kind;
}

async function refuses(work: Promise<unknown>, code: string, equal: Equal): Promise<void> {
  const outcome = await work.then(
    () => 'done',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  );
  equal(outcome, code);
}

const write = (path: RepoPath, text: string): Edit => ({ kind: 'write', path, text });

export const gitContract: Contract<GitWorld> = {
  'knows a head as of the last fetch': async (world, equal) => {
    const first = await headOf(world.git, 'main');
    const second = await world.pushForeign('main', { 'README.md': 'two\n' });

    equal(await world.git.head('main'), first);
    equal(await headOf(world.git, 'main'), second);
    equal(await world.git.head('nowhere'), 'absent');
  },

  'forgets a branch that was deleted': async (world, equal) => {
    await world.pushForeign('topic', { x: 'x\n' });
    await headOf(world.git, 'topic');
    await world.deleteBranch('topic');
    await world.git.fetch();

    equal(await world.git.head('topic'), 'absent');
  },

  'refuses a name that is no branch': async ({ git }, equal) => {
    await refuses(git.head('a..b'), 'branch-invalid', equal);
  },

  'reads files, folders and what is not there': async ({ git }, equal) => {
    const files = await git.snapshot(await headOf(git, 'main'));
    const listed = await files.files('base');
    const folder = await files.look('');

    equal(listed === 'absent' ? listed : listed.map(({ path, mode }) => `${mode} ${path}`), ['100644 base/a.yaml']);
    equal(folder.kind === 'directory' ? folder.entries : folder.kind, ['README.md', 'base']);
    equal(
      [(await files.look('base/a.yaml')).kind, (await files.look('README.md/x')).kind, (await files.look('no')).kind],
      ['file', 'absent', 'absent'],
    );
    equal(await files.files('no'), 'absent');
  },

  'names content: the same id for the same bytes, another for others': async (world, equal) => {
    const first = await world.git.snapshot(await headOf(world.git, 'main'));
    await world.pushForeign('main', { 'README.md': 'two\n' });
    const second = await world.git.snapshot(await headOf(world.git, 'main'));
    const same = async (path: string): Promise<boolean> =>
      JSON.stringify(await first.look(path)) === JSON.stringify(await second.look(path));

    equal([await same('base/a.yaml'), await same('base'), await same('README.md')], [true, true, false]);
    equal(first.identity === second.identity, false);
  },

  'says that a commit is unknown': async ({ git }, equal) => {
    await refuses(git.snapshot(ObjectSha.parse('1'.repeat(40))), 'commit-unknown', equal);
  },

  'gives the same commit for the same request, also elsewhere': async (world, equal) => {
    const parent = await headOf(world.git, 'main');
    const other = world.another();
    await other.fetch();
    const edits = [write(RepoPath.parse('new.yaml'), 'ü\n')];
    const commit = await world.git.commit(request(parent, edits));

    equal(await other.commit(request(parent, edits)), commit);
    equal((await world.git.commit({ ...request(parent, edits), message: 'other' })) === commit, false);
  },

  'commits splices, copies and removals, and keeps the rest': async ({ git }, equal) => {
    const parent = await headOf(git, 'main');
    const listed = await (await git.snapshot(parent)).files('base');
    const [file] = listed === 'absent' ? [] : listed;
    if (file === undefined) throw new Error('nothing to copy');
    const copied = RepoPath.parse('copied/a.yaml');
    const commit = await git.commit(
      request(parent, [
        { kind: 'splice', path: readme, start: 0, end: 1, text: 'J' },
        { kind: 'copy', path: copied, mode: '100755', from: file.path, blob: file.blob },
        { kind: 'remove', path: file.path },
      ]),
    );
    const files = await (await git.snapshot(commit)).files('');

    equal(files === 'absent' ? files : files.map(({ path, mode }) => `${mode} ${path}`), ['100644 README.md', '100755 copied/a.yaml']);
    equal(await textAt(git, commit, readme), 'Jello\n');
    equal(await textAt(git, commit, copied), await textAt(git, parent, base));
  },

  'refuses edits that do not fit': async ({ git }, equal) => {
    const parent = await headOf(git, 'main');

    await refuses(git.commit(request(parent, [{ kind: 'remove', path: RepoPath.parse('nowhere') }])), 'edit-misses', equal);
    await refuses(git.commit(request(parent, [write(readme, ''), { kind: 'remove', path: readme }])), 'edits-clash', equal);
  },

  'pushes once, and says so again': async (world, equal) => {
    const parent = await headOf(world.git, 'main');
    const commit = await world.git.commit(request(parent, [write(readme, 'x\n')]));

    equal(await world.git.push('fairlead/x', commit, 'absent'), { kind: 'pushed' });
    equal(await world.git.head('fairlead/x'), commit);
    equal(await world.git.push('fairlead/x', commit, 'absent'), { kind: 'already-there' });
    equal(await headOf(world.another(), 'fairlead/x'), commit);
  },

  'does not show a commit that was not pushed': async (world, equal) => {
    const parent = await headOf(world.git, 'main');
    const commit = await world.git.commit(request(parent, [write(readme, 'x\n')]));
    const other = world.another();
    await other.fetch();

    await refuses(other.snapshot(commit), 'commit-unknown', equal);
  },

  'never moves a branch from where it was not expected': async (world, equal) => {
    const parent = await headOf(world.git, 'main');
    const commit = await world.git.commit(request(parent, [write(readme, 'x\n')]));
    const foreign = await world.pushForeign('fairlead/x', { foreign: 'x\n' });

    equal(await world.git.push('fairlead/x', commit, 'absent'), { kind: 'moved', head: foreign });
    equal(await world.git.push('fairlead/x', commit, parent), { kind: 'moved', head: foreign });
    equal(await world.git.push('fairlead/y', commit, parent), { kind: 'moved', head: 'absent' });
    equal(await world.git.push('fairlead/x', commit, foreign), { kind: 'pushed' });
  },

  'merges what does not conflict, repeatably, and knows who descends from whom': async (world, equal) => {
    const head = await world.pushForeign('topic', { 'topic.yaml': 't\n' });
    const main = await world.pushForeign('main', { 'main.yaml': 'm\n' });
    await world.git.fetch();
    const merge = { base: main, head, message: 'merge', at };
    const commit = await world.git.mergeCommit(merge);
    const { git } = world;

    equal(await git.mergeTree(main, head), { kind: 'merged', tree: (await git.snapshot(commit)).identity });
    equal(await git.mergeCommit(merge), commit);
    equal(
      [await textAt(git, commit, RepoPath.parse('topic.yaml')), await textAt(git, commit, RepoPath.parse('main.yaml'))],
      ['t\n', 'm\n'],
    );
    equal(
      [await git.ancestry(head, commit), await git.ancestry(commit, main), await git.ancestry(main, head), await git.ancestry(head, head)],
      ['ancestor', 'descendant', 'unrelated', 'same'],
    );
  },

  'names the paths in conflict': async (world, equal) => {
    const head = await world.pushForeign('topic', { 'README.md': 'theirs\n' });
    const main = await world.pushForeign('main', { 'README.md': 'ours\n' });
    await world.git.fetch();

    equal(await world.git.mergeTree(main, head), { kind: 'conflict', paths: ['README.md'] });
    await refuses(world.git.mergeCommit({ base: main, head, message: 'merge', at }), 'merge-conflict', equal);
  },
};
