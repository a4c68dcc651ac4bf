import { CommitSha, digestOf, RepoPath } from '@fairlead/domain';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Git } from '../ports/git.ts';
import type { InputRead, Renderer } from '../ports/renderer.ts';
import { type MemoryRemote, memoryRemote } from '../testing/memory-git.ts';
import { containment } from './containment.ts';

const env = RepoPath.parse('env');

/** Enters the folder, reads one file and asks for one that isn't there, as kustomize does for the other names of its file. */
const reader: Renderer = {
  async render(path, files) {
    const folder = await files.look(path);
    const inputs: InputRead[] = folder.kind === 'directory' ? [{ path, kind: 'directory' }] : [];
    for (const name of [`${path}/kustomization.yaml`, `${path}/Kustomization`]) {
      const answer = await files.look(name);
      if (answer.kind === 'symlink') continue;
      inputs.push({ path: name, kind: answer.kind, ...('digest' in answer ? { digest: answer.digest } : {}) });
    }
    if (!inputs.some(({ kind }) => kind === 'file')) return { kind: 'failed', code: 'render-failed', message: 'nothing to render', inputs };
    return { kind: 'rendered', yaml: '', objects: [], inputs, versions: {}, digest: digestOf([]) };
  },
};

describe('containment', () => {
  let remote: MemoryRemote;
  let git: Git;
  let commit: CommitSha;

  beforeEach(() => {
    remote = memoryRemote();
    git = remote.open();
    commit = remote.pushForeign('main', { 'env/kustomization.yaml': 'a: 1\n', other: 'x\n' });
  });

  const askFor = async (revision: CommitSha, of = commit): Promise<string> => {
    await git.fetch();
    return containment({ git, renderer: reader }, { path: env, commit: of, revision });
  };

  it('contains itself', async () => {
    expect(await askFor(commit)).toBe('contains');
  });

  it('is contained in a later commit that changes nothing that the render reads', async () => {
    expect(await askFor(remote.pushForeign('main', { other: 'y\n', 'env/unread.yaml': 'x\n' }))).toBe('contains');
  });

  it('differs from a later commit that changes a file that the render reads', async () => {
    expect(await askFor(remote.pushForeign('main', { 'env/kustomization.yaml': 'a: 2\n' }))).toBe('differs');
  });

  it('differs from a later commit that adds a file that the render looked for', async () => {
    expect(await askFor(remote.pushForeign('main', { 'env/Kustomization': 'a: 2\n' }))).toBe('differs');
  });

  it('differs from a later commit by which a controller would render otherwise', async () => {
    expect(await askFor(remote.pushForeign('main', { 'env/.argocd-source-web.yaml': 'kustomize: {}\n' }))).toBe('differs');
  });

  it('is compared with a commit that was pushed after the last look', async () => {
    await git.fetch();
    const revision = remote.pushForeign('main', { other: 'y\n' });

    expect(await containment({ git, renderer: reader }, { path: env, commit, revision })).toBe('contains');
  });

  it('is not contained in an earlier commit, and never will be in another branch', async () => {
    const later = remote.pushForeign('main', { other: 'y\n' });

    expect(await askFor(commit, later)).toBe('not-contained');
    expect(await askFor(remote.pushForeign('topic', { other: 'z\n' }), remote.pushForeign('main', { other: 'w\n' }))).toBe('diverged');
  });

  it('is unknown for a revision that the repository does not have', async () => {
    expect(await askFor(CommitSha.parse('1'.repeat(40)))).toBe('unknown');
  });

  it('is unknown where the commit does not render', async () => {
    const broken = remote.pushForeign('broken', { 'env/x': 'x' });
    await git.fetch();

    expect(await containment({ git, renderer: reader }, { path: RepoPath.parse('nowhere'), commit, revision: broken })).toBe('unknown');
  });
});
