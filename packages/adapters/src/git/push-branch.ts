import { CommitSha, UpstreamError } from '@fairlead/domain';
import type { Pushed } from '@fairlead/engine';
import { branchRef } from './branch-ref.ts';
import type { Mirror } from './mirror.ts';

export interface Push {
  readonly branch: string;
  readonly commit: CommitSha;
  readonly expected: CommitSha | 'absent';
}

/** Moves the remote branch from exactly `expected`, or says where it is. A refusal by the remote's own rules is an `UpstreamError`. */
export async function pushBranch(mirror: Mirror, { branch, commit, expected }: Push): Promise<Pushed> {
  const ref = branchRef(branch);
  const lease = `--force-with-lease=${ref}:${expected === 'absent' ? '' : expected}`;
  const answer = await mirror.exchange(['push', '--porcelain', '--no-verify', lease, 'origin', `${commit}:${ref}`], [0, 1]);
  const status = statusLine(answer.stdout.toString('utf8'), ref);
  if (answer.code === 0 && status?.flag !== '=') return { kind: 'pushed' };

  const head = await remoteHead(mirror, ref);
  if (head === commit) return { kind: 'already-there' };
  if (head !== expected) return { kind: 'moved', head };
  const said = (status?.summary ?? answer.stderr.trim()).slice(0, 500);
  throw new UpstreamError('push-refused', `the remote refused to move ${branch}: ${said}`, {
    provider: 'git',
    retryable: false,
    hint: 'allow Fairlead to push this branch',
  });
}

/** What the remote says now. */
async function remoteHead(mirror: Mirror, ref: string): Promise<CommitSha | 'absent'> {
  const answer = await mirror.exchange(['ls-remote', '--end-of-options', 'origin', ref], [0]);
  const line = answer.stdout
    .toString('utf8')
    .split('\n')
    .find((candidate) => candidate.endsWith(`\t${ref}`));
  return line === undefined ? 'absent' : CommitSha.parse(line.slice(0, 40));
}

function statusLine(output: string, ref: string): { readonly flag: string; readonly summary: string } | undefined {
  for (const line of output.split('\n')) {
    const [flag, refs, summary] = line.split('\t');
    if (flag !== undefined && refs?.endsWith(`:${ref}`) === true) return { flag, summary: summary ?? '' };
  }
  return undefined;
}
