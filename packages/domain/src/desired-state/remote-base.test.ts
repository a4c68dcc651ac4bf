import { describe, expect, it } from 'vitest';
import { applySplices } from './apply-splices.ts';
import { baseFolder, remoteReference } from './remote-base.ts';
import { relativePath, remoteEntries } from './remote-entries.ts';

const sha = '0123456789abcdef0123456789abcdef01234567';

describe('an entry of resources', () => {
  it.each([
    [`https://github.com/acme/platform//base/web?ref=${sha}`, 'https://github.com/acme/platform', 'github.com/acme/platform', 'base/web'],
    [`https://github.com/acme/platform/base?ref=${sha}`, 'https://github.com/acme/platform', 'github.com/acme/platform', 'base'],
    [`github.com/acme/platform//base?ref=${sha}`, 'https://github.com/acme/platform', 'github.com/acme/platform', 'base'],
    [`github.com/acme/platform?ref=${sha}&timeout=90s`, 'https://github.com/acme/platform', 'github.com/acme/platform', ''],
    [`git::https://git.example.com/a/b/c.git//x?ref=${sha}`, 'https://git.example.com/a/b/c.git', 'git.example.com/a/b/c', 'x'],
    [`https://git.example.com/a/b/c.git/x/y?ref=${sha}`, 'https://git.example.com/a/b/c.git', 'git.example.com/a/b/c', 'x/y'],
    [`git@github.com:acme/platform.git//base?ref=${sha}`, 'git@github.com:acme/platform.git', 'github.com/acme/platform', 'base'],
    [
      `ssh://git@git.example.com:7999/acme/p.git//base?version=${sha}`,
      'ssh://git@git.example.com:7999/acme/p.git',
      'git.example.com/acme/p',
      'base',
    ],
  ])('%s is a base that is pinned', (text, ...rest) => {
    const [repository, place, path] = rest;

    const found = remoteReference(text);

    expect(found).toMatchObject({ kind: 'pinned', base: { repository, place, path, commit: sha } });
    expect(found.kind === 'pinned' && baseFolder(found.base)).toBe(`${place}@${sha}`);
  });

  it.each([
    ['https://github.com/acme/platform//base', 'no ref says'],
    ['https://github.com/acme/platform//base?ref=main', 'ref "main" is no full commit SHA'],
    ['https://github.com/acme/platform//base?ref=v1.2.0', 'ref "v1.2.0" is no full commit SHA'],
    [`https://github.com/acme/platform//base?ref=${sha.slice(0, 12)}`, 'is no full commit SHA'],
    [`https://raw.githubusercontent.com/acme/p/${sha}/a.yaml`, 'a file of a web server'],
    ['https://github.com/acme/p/releases/download/v1/install.yaml', 'a file of a web server'],
    [`https://github.com/acme/platform//../../etc?ref=${sha}`, 'its path leaves its repository'],
    [`https://me:pass@github.com/acme/platform//base?ref=${sha}`, 'its address holds credentials'],
  ])('%s may be another one tomorrow', (text, because) => {
    const found = remoteReference(text);

    expect(found.kind === 'unpinned' && found.because).toContain(because);
    expect(JSON.stringify(found)).not.toContain('pass');
  });

  it.each(['../base', './a.yaml', 'a.yaml', 'github', 'some.folder/x', '../github.com/acme'])('%s is local', (text) => {
    expect(remoteReference(text)).toEqual({ kind: 'local' });
  });
});

describe('the remote entries of a kustomization', () => {
  it('are replaced where they stand', () => {
    const text = `# ours\nresources:\n  - ../base # kept\n  - "https://github.com/acme/p//base?ref=${sha}" # why\ncomponents: [github.com/acme/p//c?ref=${sha}]\n`;

    const entries = remoteEntries(text);

    expect(entries.map(({ line }) => line)).toEqual([4, 5]);
    const splices = entries.flatMap(({ replacedBy }) => replacedBy('../vendor/x') ?? []);
    expect(applySplices(text, splices)).toBe(
      '# ours\nresources:\n  - ../base # kept\n  - "../vendor/x" # why\ncomponents: [../vendor/x]\n',
    );
  });

  it('are none where it cannot be parsed', () => {
    expect(remoteEntries('resources: [github.com/acme/p?ref=main')).toEqual([]);
  });
});

describe('the way to a path', () => {
  it.each([
    ['env/prod', 'vendor/x', '../../vendor/x'],
    ['', 'vendor/x', 'vendor/x'],
    ['vendor/a/b', 'vendor/a/c', '../c'],
    ['vendor/a', 'vendor/a', '.'],
  ])('from %s to %s is %s', (folder, path, way) => {
    expect(relativePath(folder, path)).toBe(way);
  });
});
