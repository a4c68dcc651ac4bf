import { wasmRenderer } from '@fairlead/adapters/renderer';
import { decodeUtf8, NotFoundError, RepoPath } from '@fairlead/domain';
import { afterAll, describe, expect, it } from 'vitest';
import { withFiles } from '../desired-state/with-files.ts';
import type { RemoteBases } from '../ports/remote-bases.ts';
import { memoryTree } from '../testing/memory-tree.ts';
import { planVendoring, type PlannedVendoring } from './plan-vendoring.ts';

const sha = '0123456789abcdef0123456789abcdef01234567';
const other = 'a'.repeat(40);
const settings = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`;

const remotes: RemoteBases = {
  open(repository, commit) {
    const key = `${repository}@${commit}`;
    const files = repositories[key];
    return files === undefined
      ? Promise.reject(new NotFoundError('commit-unknown', `the repository has no commit ${commit}`))
      : Promise.resolve(memoryTree(files));
  },
};

const repositories: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [`https://github.com/acme/platform@${sha}`]: {
    'base/web/kustomization.yaml': `resources: [../parts, "https://github.com/acme/network//policies?ref=${other}"]\n`,
    'base/parts/kustomization.yaml': 'resources: [part.yaml]\n',
    'base/parts/part.yaml': settings('part'),
    'base/unused/kustomization.yaml': 'resources: []\n',
  },
  [`https://github.com/acme/network@${other}`]: {
    'policies/kustomization.yaml': 'resources: [p.yaml]\n',
    'policies/p.yaml': settings('policy'),
  },
};

const renderer = wasmRenderer({ remoteBases: remotes });
const offline = wasmRenderer();
afterAll(async () => {
  await renderer[Symbol.asyncDispose]();
  await offline[Symbol.asyncDispose]();
});

const web = `https://github.com/acme/platform//base/web?ref=${sha}`;
const overlay = `# ours\nresources:\n  - ${web} # the team's\n  - own.yaml\n`;
const repository = { 'env/prod/kustomization.yaml': overlay, 'env/prod/own.yaml': settings('own') };

const plan = (files: Readonly<Record<string, string>>): Promise<PlannedVendoring> =>
  planVendoring({ renderer, remotes }, { files: memoryTree(files), path: '' });

async function planned(files: Readonly<Record<string, string>>): Promise<Extract<PlannedVendoring, { kind: 'planned' }>['vendoring']> {
  const result = await plan(files);
  if (result.kind !== 'planned') throw new Error(JSON.stringify(result));
  return result.vendoring;
}

describe('a render of remote bases', () => {
  it('takes what is pinned from its commit, and only the own files for inputs', async () => {
    const files = memoryTree(repository);

    const outcome = await renderer.render(RepoPath.parse('env/prod'), files);

    expect(outcome.kind === 'rendered' && outcome.objects.map(({ metadata }) => metadata)).toEqual(
      ['own', 'part', 'policy'].map((name) => ({ name })),
    );
    expect(outcome.inputs.filter(({ kind }) => kind === 'file')).toEqual([
      { path: 'env/prod/kustomization.yaml', kind: 'file', digest: digestIn(await files.look('env/prod/kustomization.yaml')) },
      { path: 'env/prod/own.yaml', kind: 'file', digest: digestIn(await files.look('env/prod/own.yaml')) },
    ]);
  });

  it('fails on one that cannot be had, and on one that is not pinned', async () => {
    const gone = memoryTree({ 'env/kustomization.yaml': `resources: [github.com/acme/gone//x?ref=${sha}]\n` });
    const moving = memoryTree({ 'env/kustomization.yaml': 'resources:\n  - https://github.com/acme/platform//base/web?ref=main\n' });

    const [first, second] = [await renderer.render(RepoPath.parse('env'), gone), await renderer.render(RepoPath.parse('env'), moving)];

    expect(first).toMatchObject({ kind: 'failed', code: 'remote-base' });
    expect(first.kind === 'failed' && first.message).toContain(`https://github.com/acme/gone at ${sha} could not be fetched`);
    expect(second).toMatchObject({ kind: 'failed', code: 'remote-base' });
  });
});

describe('vendoring', () => {
  it('copies what rendering reads, bases of bases too, and changes nothing of a kustomization but the address', async () => {
    const { changed, added, environments, bases } = await planned(repository);

    expect(changed.get('env/prod/kustomization.yaml')?.after).toBe(
      `# ours\nresources:\n  - ../../vendor/github.com/acme/platform@${sha}/base/web # the team's\n  - own.yaml\n`,
    );
    const at = `vendor/github.com/acme/platform@${sha}`;
    const policies = `vendor/github.com/acme/network@${other}`;
    expect([...added.keys()]).toEqual([
      `${policies}/policies/kustomization.yaml`,
      `${policies}/policies/p.yaml`,
      `${at}/base/parts/kustomization.yaml`,
      `${at}/base/parts/part.yaml`,
      `${at}/base/web/kustomization.yaml`,
      `${at}/VENDORED.md`,
      `${policies}/VENDORED.md`,
    ]);
    expect(decodeUtf8(added.get(`${at}/base/web/kustomization.yaml`) ?? new Uint8Array())).toBe(
      `resources: [../parts, "../../../network@${other}/policies"]\n`,
    );
    expect(environments).toEqual(['env/prod']);
    expect(bases).toHaveLength(2);
  });

  it('leaves what renders the same, offline', async () => {
    const { changed, added } = await planned(repository);
    const bytes = new Map([...added, ...[...changed].map(([file, { after }]) => [file, new TextEncoder().encode(after)] as const)]);
    const path = RepoPath.parse('env/prod');

    const before = await renderer.render(path, memoryTree(repository));
    const after = await offline.render(path, withFiles(memoryTree(repository), bytes));

    expect(after.kind === 'rendered' && after.digest).toBe(before.kind === 'rendered' && before.digest);
  });

  it('has nothing to do where nothing is remote', async () => {
    expect(await plan({ 'env/kustomization.yaml': 'resources: [a.yaml]\n', 'env/a.yaml': settings('a') })).toEqual({ kind: 'nothing' });
  });

  it.each([
    ['a branch', '- github.com/acme/platform//base/web?ref=main', 'env/kustomization.yaml:2', 'ref "main" is no full commit SHA'],
    [
      'a block of text',
      `- |-\n    github.com/acme/platform//base/web?ref=${sha}`,
      'env/kustomization.yaml:2',
      'cannot be changed in place',
    ],
    ['what does not render', `- github.com/acme/platform//nowhere?ref=${sha}`, 'env:1', 'does not render'],
  ])('refuses %s', async (_what, entry, ...rest) => {
    const [place, message] = rest;

    const result = await plan({ 'env/kustomization.yaml': `resources:\n  ${entry}\n` });

    const [problem] = result.kind === 'refused' ? result.problems : [];
    expect(`${problem?.file ?? ''}:${String(problem?.line)}`).toBe(place);
    expect(problem?.message).toContain(message);
  });
});

function digestIn(answer: Awaited<ReturnType<ReturnType<typeof memoryTree>['look']>>): string {
  return 'digest' in answer ? answer.digest : answer.kind;
}
