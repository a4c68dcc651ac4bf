import { decodeUtf8, type Edit, RepoPath } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import type { FileSnapshot } from '../ports/file-snapshot.ts';
import { memoryRemote } from '../testing/memory-git.ts';
import { editedSnapshot } from './edited-snapshot.ts';

const path = (value: string): RepoPath => RepoPath.parse(value);

async function setUp(): Promise<{ readonly base: FileSnapshot; readonly edits: readonly Edit[]; readonly committed: FileSnapshot }> {
  const remote = memoryRemote();
  const commit = remote.pushForeign('main', {
    'env/kustomization.yaml': 'größe: 🙂\nimages: []\n',
    'env/release/old/a.yaml': 'a: 1\n',
    'env/release/kept.yaml': 'k: 1\n',
    'base/new.yaml': 'n: 1\n',
  });
  const git = remote.open();
  await git.fetch();
  const base = await git.snapshot(commit);
  const listed = await base.files('base');
  const [file] = listed === 'absent' ? [] : listed;
  if (file === undefined) throw new Error('nothing to copy');
  const edits: readonly Edit[] = [
    { kind: 'splice', path: path('env/kustomization.yaml'), start: 18, end: 20, text: '[x]' },
    { kind: 'write', path: path('env/release-manifest.ref'), text: 'ü\n' },
    { kind: 'copy', path: path('env/release/deep/new.yaml'), mode: '100644', from: file.path, blob: file.blob },
    { kind: 'remove', path: path('env/release/old/a.yaml') },
  ];
  const edited = await git.commit({ parents: [commit], base: commit, edits, message: 'x', at: new Date(0) });
  return { base, edits, committed: await git.snapshot(edited) };
}

async function contentOf(files: FileSnapshot, name: string): Promise<unknown> {
  const answer = await files.look(name);
  return answer.kind === 'file' ? decodeUtf8(answer.bytes) : answer.kind;
}

describe('editedSnapshot', () => {
  it('has the bytes that the commit of the edits has', async () => {
    const { base, edits, committed } = await setUp();
    const edited = editedSnapshot(base, edits, base);

    const files = [
      'kustomization.yaml',
      'release-manifest.ref',
      'release/deep/new.yaml',
      'release/deep',
      'release/old/a.yaml',
      'release/old',
    ];
    for (const name of [...files, 'release/kept.yaml', 'nowhere'].map((file) => `env/${file}`)) {
      expect({ name, content: await contentOf(edited, name) }).toEqual({ name, content: await contentOf(committed, name) });
    }
  });

  it('lists the files that come, and not the ones that go', async () => {
    const { base, edits } = await setUp();
    const edited = editedSnapshot(base, edits, base);

    expect(await edited.look('env')).toMatchObject({ entries: ['kustomization.yaml', 'release', 'release-manifest.ref'] });
    expect(await edited.look('env/release/deep')).toMatchObject({ entries: ['new.yaml'] });
  });

  it('gives what it changes another digest, and what it does not the same', async () => {
    const { base, edits } = await setUp();
    const edited = editedSnapshot(base, edits, base);

    expect(await edited.look('env/release/kept.yaml')).toEqual(await base.look('env/release/kept.yaml'));
    for (const name of ['env/kustomization.yaml', 'env', 'env/release']) {
      expect(await edited.look(name)).not.toMatchObject({ digest: digestIn(await base.look(name)) });
    }
  });
});

function digestIn(answer: Awaited<ReturnType<FileSnapshot['look']>>): string {
  return 'digest' in answer ? answer.digest : answer.kind;
}
