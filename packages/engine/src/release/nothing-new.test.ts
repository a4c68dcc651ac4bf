import { CommitSha, createRelease, type ReleaseManifest } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import type { TreeSnapshot } from '../ports/file-snapshot.ts';
import { memoryTree } from '../testing/memory-tree.ts';
import type { DraftSource } from './draft-source.ts';
import { nothingNew } from './nothing-new.ts';

const [earlier, now] = [CommitSha.parse('a'.repeat(40)), CommitSha.parse('b'.repeat(40))];

function release(commit: string, createdAt: string): { readonly manifest: ReleaseManifest; readonly text: string } {
  const created = createRelease(
    {
      metadata: { service: 'shop', version: commit.slice(0, 4), createdAt },
      source: { repository: 'https://git.example.com/shop', commit, ref: 'refs/heads/main' },
      components: [{ name: 'web', image: { repository: 'r.example.com/web', digest: `sha256:${'c'.repeat(64)}` } }],
    },
    'release.yaml',
  );
  if (created.kind === 'invalid') throw new Error(JSON.stringify(created.problems));
  return created;
}

const last = release(earlier, '2026-11-23T10:00:00Z');
const older = release('c'.repeat(40), '2026-11-22T10:00:00Z');
const files = {
  'shop/.fairlead/service.yaml': `apiVersion: fairlead.dev/v1
kind: Service
metadata: { name: shop }
spec:
  repository: https://git.example.com/shop
  source: { refs: [refs/heads/main] }
  environments: [dev]
  components: [{ name: web, image: r.example.com/web }]
`,
  'shop/.fairlead/profiles/dev.yaml': 'apiVersion: fairlead.dev/v1\nkind: Profile\nmetadata: { name: dev }\nspec: {}\n',
  'shop/.fairlead/environments/dev.yaml': `apiVersion: fairlead.dev/v1
kind: Environment
metadata: { name: dev }
spec:
  tier: dev
  path: overlays/dev
  profile: dev
  delivery: { controller: argocd, targets: [{ cluster: a, namespace: argocd, application: dev }] }
`,
  'shop/overlays/dev/kustomization.yaml': 'resources: []\n',
  'shop/src/main.ts': 'one\n',
  'shop/releases/shop/a.yaml': last.text,
  'shop/releases/shop/b.yaml': older.text,
};

function judge(
  changes: Readonly<Record<string, string>>,
  before: TreeSnapshot | 'absent' = memoryTree(files),
): ReturnType<typeof nothingNew> {
  const source: DraftSource = {
    root: 'shop',
    commit: now,
    committedAt: new Date('2026-11-24T10:00:00Z'),
    isOn: () => Promise.resolve(true),
    committed: memoryTree({ ...files, ...changes }),
    at: (commit) => Promise.resolve(commit === earlier ? before : 'absent'),
  };
  return nothingNew(release(now, '2026-11-24T10:00:00Z').manifest, source);
}

describe('a commit', () => {
  it('that changes only environments, releases and configuration has nothing new', async () => {
    const verdict = await judge({
      'shop/overlays/dev/kustomization.yaml': 'resources: [x.yaml]\n',
      'shop/releases/shop/d.yaml': older.text,
      'shop/.fairlead/profiles/dev.yaml': `${files['shop/.fairlead/profiles/dev.yaml']}# more\n`,
    });

    expect(verdict).toMatchObject({
      kind: 'nothing-new',
      last: { source: { commit: earlier } },
      changed: ['shop/.fairlead/profiles/dev.yaml', 'shop/overlays/dev/kustomization.yaml', 'shop/releases/shop/d.yaml'],
    });
  });

  it.each([
    ['changes code', { 'shop/src/main.ts': 'two\n' }],
    ['changes code and an environment', { 'shop/src/main.ts': 'two\n', 'shop/overlays/dev/kustomization.yaml': 'a: 1\n' }],
    ['changes a folder beside an environment', { 'shop/overlays/dev-tools/x.ts': '' }],
    ['changes another service of the repository', { 'other/main.ts': '' }],
    ['changes nothing', {}],
  ])('that %s may be a release', async (_what, changes) => {
    expect(await judge(changes)).toBeUndefined();
  });

  it('may be a release where the last one’s commit is not here', async () => {
    expect(await judge({ 'shop/overlays/dev/kustomization.yaml': '' }, 'absent')).toBeUndefined();
  });
});
