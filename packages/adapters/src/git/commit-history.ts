import type { Blob, CommitContent, CommitFile, CommitHistory, CommitRange } from '@fairlead/engine';
import { CommitSha, ObjectSha, UpstreamError } from '@fairlead/domain';
import type { GitProgram } from './git-program.ts';
import type { ObjectReader } from './object-reader.ts';

interface Parts {
  readonly program: GitProgram;
  readonly objects: ObjectReader;
}

/** What a checkout's commits brought. Runs nothing of the repository: no filter, no external diff, no hook. */
export function commitHistory(parts: Parts): CommitHistory {
  return {
    async commits(range) {
      const commits = await listed(parts, range);
      const cut = await cutOff(parts, commits);
      if (cut !== undefined) return { kind: 'shallow', at: cut };
      const files = await filesOf(parts, commits);
      const messages = await Promise.all(commits.map((commit) => messageOf(parts, commit)));
      return {
        kind: 'commits',
        commits: commits.map((commit, index): CommitContent => {
          return { commit, message: messages[index] ?? '', files: files.get(commit) ?? [] };
        }),
      };
    },
    filesAt: (commit, paths) => filesAt(parts, commit, paths),
    blob: (blob, most) => blobOf(parts, blob, most),
  };
}

async function listed({ program }: Parts, { base, tip }: CommitRange): Promise<readonly CommitSha[]> {
  const answer = await program.run(['rev-list', '--topo-order', '--reverse', tip, `^${base}`]);
  return answer.stdout
    .toString('latin1')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => CommitSha.parse(line));
}

/** A shallow clone hides the parents of its last commits: what such a commit brought can't be told from what was there before. */
async function cutOff({ program, objects }: Parts, commits: readonly CommitSha[]): Promise<CommitSha | undefined> {
  const shallow = await program.run(['rev-parse', '--is-shallow-repository']);
  if (shallow.stdout.toString('latin1').trim() !== 'true') return undefined;
  for (const commit of commits) {
    const parents = [...(await headOf(objects, commit)).matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, sha = '']) => sha);
    const found = await Promise.all(parents.map((parent) => objects.identify(parent)));
    if (found.includes('missing')) return commit;
  }
  return undefined;
}

async function headOf(objects: ObjectReader, commit: CommitSha): Promise<string> {
  const text = await textOf(objects, commit);
  return text.slice(0, text.indexOf('\n\n'));
}

async function messageOf({ objects }: Parts, commit: CommitSha): Promise<string> {
  const text = await textOf(objects, commit);
  return text.slice(text.indexOf('\n\n') + 2);
}

async function textOf(objects: ObjectReader, commit: CommitSha): Promise<string> {
  const object = await objects.read(commit);
  return object === 'missing' ? '\n\n' : object.bytes.toString('utf8');
}

const diffTree = [
  'diff-tree',
  '--stdin',
  '-r',
  '-z',
  '-c',
  '--root',
  '--raw',
  '--no-abbrev',
  '--no-renames',
  '--no-ext-diff',
  '--no-textconv',
];

async function filesOf({ program }: Parts, commits: readonly CommitSha[]): Promise<ReadonlyMap<CommitSha, readonly CommitFile[]>> {
  const answer = await program.run(diffTree, { input: commits.map((commit) => `${commit}\n`).join(''), timeoutMs: 600_000 });
  const files = new Map<CommitSha, CommitFile[]>();
  let current: CommitFile[] = [];
  const fields = answer.stdout.toString('utf8').split('\0');
  for (let at = 0; at < fields.length; at += 1) {
    const field = fields[at] ?? '';
    if (!field.startsWith(':')) {
      if (field !== '') files.set(CommitSha.parse(field), (current = []));
      continue;
    }
    at += 1;
    const blob = newBlob(field);
    if (blob !== undefined) current.push({ path: fields[at] ?? '', blob });
  }
  return files;
}

const submodule = '160000';
const deleted = '000000';

/** `:100644 100644 <before> <after> M`; a merge's has a colon, a mode and an object for each parent. */
function newBlob(line: string): ObjectSha | undefined {
  const parents = /^:+/.exec(line)?.[0].length ?? 0;
  const fields = line.slice(parents).split(' ');
  const [mode, sha] = [fields[parents], fields[2 * parents + 1]];
  if (mode === undefined || sha === undefined) throw unreadable(line);
  return mode === deleted || mode === submodule ? undefined : ObjectSha.parse(sha);
}

async function filesAt({ objects }: Parts, commit: CommitSha, paths: readonly string[]): Promise<ReadonlyMap<string, ObjectSha>> {
  const asked = paths.filter((path) => !/[\n\0\ufffd]/.test(path));
  const found = await Promise.all(asked.map(async (path) => ({ path, object: await objects.identify(`${commit}:${path}`) })));
  return new Map(
    found.flatMap(({ path, object }): (readonly [string, ObjectSha])[] => {
      return object === 'missing' || object.type !== 'blob' ? [] : [[path, ObjectSha.parse(object.sha)]];
    }),
  );
}

async function blobOf({ objects }: Parts, sha: ObjectSha, most: number): Promise<Blob> {
  const known = await objects.identify(sha);
  if (known === 'missing') return { kind: 'absent' };
  if (known.size > most) return { kind: 'too-large' };
  const object = await objects.read(sha);
  return object === 'missing' ? { kind: 'absent' } : { kind: 'blob', bytes: object.bytes };
}

function unreadable(line: string): UpstreamError {
  return new UpstreamError('git-failed', `git diff-tree answered ${JSON.stringify(line.slice(0, 100))}`, {
    provider: 'git',
    retryable: false,
  });
}
