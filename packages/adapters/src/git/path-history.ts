import type { PathChange, PathHistory } from '@fairlead/engine';
import { CommitSha } from '@fairlead/domain';
import { gitProgram } from './git-program.ts';
import type { Surroundings } from './options.ts';

const [record, field] = ['\u001e', '\u001f'];

/** Of the branch that is checked out in a work tree. */
export function pathHistory(root: string, surroundings: Surroundings = {}): PathHistory {
  const program = gitProgram({ name: root, directory: root, surroundings });
  return {
    async changes(paths, most) {
      const format = `--format=%x1e${['%H', '%P', '%s'].join('%x1f')}%x00`;
      const flags = ['--first-parent', '--diff-merges=first-parent', '--no-renames', '--no-ext-diff', '--name-only', '-z', format];
      const wanted = paths.map((path) => `:(top,literal)${path}`);
      const answer = await program.run(['log', ...flags, `--max-count=${String(most)}`, '--end-of-options', 'HEAD', '--', ...wanted]);
      return answer.stdout.toString('utf8').split(record).slice(1).map(changeOf);
    },
    async isShallow() {
      return (await program.run(['rev-parse', '--is-shallow-repository'])).stdout.toString('utf8').trim() === 'true';
    },
  };
}

function changeOf(text: string): PathChange {
  const [header = '', ...rest] = text.split('\0');
  const [commit = '', parents = '', subject = ''] = header.split(field);
  const [first = ''] = parents.split(' ');
  return {
    commit: CommitSha.parse(commit),
    ...(first === '' ? {} : { before: CommitSha.parse(first) }),
    subject,
    files: rest.map((path) => path.replace(/^\n/, '')).filter((path) => path !== ''),
  };
}
