import { CommitSha, Digest, type RepoPath } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import type { PathChange } from '../ports/path-history.ts';
import type { Renderer } from '../ports/renderer.ts';
import { memoryTree } from '../testing/memory-tree.ts';
import { readAdoption, type AdoptionPorts, type ReadAdoption } from './read-adoption.ts';

const now = new Date('2026-11-24T12:00:00Z');
const sha = (n: number): CommitSha => CommitSha.parse(String(n).repeat(40));

const files = {
  '.fairlead/service.yaml': `apiVersion: fairlead.dev/v1
kind: Service
metadata: { name: shop }
spec:
  repository: https://git.example.com/shop
  source: { refs: [refs/heads/main] }
  environments: [dev]
  components: [{ name: web, image: registry.example.com/web }]
`,
  '.fairlead/environments/dev.yaml': `apiVersion: fairlead.dev/v1
kind: Environment
metadata: { name: dev }
spec:
  tier: dev
  path: env/dev
  profile: dev
  delivery: { controller: argocd, targets: [{ cluster: c, namespace: argocd, application: a }] }
`,
  '.fairlead/profiles/dev.yaml': 'apiVersion: fairlead.dev/v1\nkind: Profile\nmetadata: { name: dev }\nspec: {}\n',
  'env/dev/kustomization.yaml': 'images:\n  - { name: web, newTag: "3" }\n',
};

/** By commit: what the overlay said. */
const past: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [sha(1)]: { 'env/dev/kustomization.yaml': 'images:\n  - { name: web, newTag: "1" }\n' },
  [sha(2)]: { 'env/dev/kustomization.yaml': 'images:\n  - { name: web, newTag: "1" }\nnamePrefix: a-\n' },
  [sha(3)]: { 'env/dev/kustomization.yaml': 'images:\n  - { name: web, newTag: "3" }\n' },
};

const changed = ['env/dev/kustomization.yaml'];
const changes: readonly PathChange[] = [
  { commit: sha(3), before: sha(2), subject: 'promote 3', files: [...changed, 'env/dev/release-manifest.ref'] },
  { commit: sha(2), before: sha(1), subject: 'prefix', files: changed },
  { commit: sha(1), subject: 'first', files: changed },
];

const renderer: Renderer = {
  render: (path: RepoPath | '') =>
    Promise.resolve({
      kind: 'rendered',
      yaml: '',
      objects: [],
      inputs: [{ path: `${path}/kustomization.yaml`, kind: 'file' }],
      versions: {},
      digest: Digest.parse(`sha256:${'0'.repeat(64)}`),
    }),
};

function read(more: Readonly<Record<string, string>> = {}, ports: Partial<AdoptionPorts> = {}): Promise<ReadAdoption> {
  const history = { changes: () => Promise.resolve(changes), isShallow: () => Promise.resolve(false) };
  const snapshot = (commit: CommitSha): ReturnType<AdoptionPorts['past']['snapshot']> => Promise.resolve(memoryTree(past[commit] ?? {}));
  return readAdoption({ renderer, files: memoryTree({ ...files, ...more }), history, past: { snapshot }, ...ports }, '', now);
}

async function missing(id: string, ...rest: Parameters<typeof read>): Promise<readonly string[] | undefined> {
  const { items } = await read(...rest);
  return items.flatMap(({ leaving, start }) => [...leaving, ...start]).find((criterion) => criterion.id === id)?.missing;
}

describe('readAdoption', () => {
  it('tells changes of images from others, and those with a reference from those without', async () => {
    expect(await missing('release-references')).toEqual([
      'there are only 3 changes of the environment so far: 7 more are needed',
      expect.stringContaining('222222222222 prefix; 111111111111 first:'),
    ]);
    expect(await missing('image-references')).toEqual([
      'there are only 2 image changes so far: 8 more are needed',
      expect.stringContaining('without one: 111111111111 first:'),
    ]);
  });

  it('counts the files of evidence, and names those that hold none', async () => {
    const evidence = {
      kind: 'AdoptionEvidence',
      type: 'live-digests',
      environment: 'shop/dev',
      at: '2026-11-24T10:00:00Z',
      verdict: 'passed',
    };
    const more = { 'evidence/a.json': JSON.stringify(evidence), 'evidence/b.json': 'x' };

    expect(await missing('runtime-parity', more)).toEqual([expect.stringContaining('1 of 10 comparisons')]);
    expect((await read(more)).unreadable).toEqual(['evidence/b.json']);
  });

  it('finds a secret that was taken out again, and says where nobody could look', async () => {
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: { name: db }\nstringData: { password: kLw8rTq2vXz }\n';
    const then = { snapshot: () => Promise.resolve(memoryTree({ 'env/dev/kustomization.yaml': secret })) };
    const shallow = { changes: () => Promise.resolve(changes), isShallow: () => Promise.resolve(true) };

    expect(await missing('no-secrets')).toEqual([]);
    expect(await missing('no-secrets', {}, { past: then })).toEqual([expect.stringContaining('1 in their past')]);
    expect(await missing('no-secrets', {}, { history: shallow })).toEqual([expect.stringContaining('the clone is shallow')]);
  });
});
