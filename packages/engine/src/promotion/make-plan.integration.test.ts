import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localForge } from '@fairlead/adapters/forge/local';
import { gitRepository, type GitRepository, workingTreeSnapshot } from '@fairlead/adapters/git';
import { wasmRenderer, type WasmRenderer } from '@fairlead/adapters/renderer';
import {
  changeLines,
  type CommitSha,
  EnvironmentId,
  type Plan,
  planDigest,
  promotionMessage,
  PromotionId,
  readReleaseManifest,
  RepoPath,
} from '@fairlead/domain';
import { buildExampleHistory } from '@fairlead/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Repository } from '../engine-ports.ts';
import type { NamedRelease } from '../release/release-named.ts';
import { environmentConfiguration } from '../service/environment-configuration.ts';
import { memoryLocalChanges } from '../testing/memory-local-changes.ts';
import { makePlan, type MadePlan } from './make-plan.ts';

const examples = join(import.meta.dirname, '../../../../examples');
const id = PromotionId.parse(`p-${'0'.repeat(26)}`);
const at = new Date('2026-11-23T10:00:00Z');
const environments = ['dev-control-rke2', 'staging', 'prod'];

function released(version: string): NamedRelease {
  const text = readFileSync(join(examples, `history/releases/${version}.yaml`), 'utf8');
  const read = readReleaseManifest(text, version);
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems));
  return { digest: read.digest, manifest: read.value, text };
}

describe('makePlan on the example', () => {
  let folder: string;
  let git: GitRepository;
  let renderer: WasmRenderer;
  let repository: Repository;
  const merged: CommitSha[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fairlead-plan-'));
    const bare = join(folder, 'remote.git');
    await buildExampleHistory({ example: join(examples, 'platform-control'), history: join(examples, 'history'), into: bare });
    git = gitRepository({ name: 'example', url: bare, mirrorDirectory: join(folder, 'mirror.git'), allowFileProtocol: true });
    renderer = wasmRenderer();
    const changes = memoryLocalChanges(() => at);
    repository = { name: 'example', branch: 'main', git, forge: localForge({ git, changes, url: ({ number }) => String(number) }) };
  });

  afterAll(async () => {
    await git[Symbol.asyncDispose]();
    await renderer[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  async function plan(name: string, release: NamedRelease, given?: CommitSha): Promise<MadePlan> {
    const environment = EnvironmentId.parse(`platform-control/${name}`);
    const configuration = await environmentConfiguration({ repositories: [repository] }, environment);
    return makePlan({ renderer }, { configuration, release, environment, ...(given === undefined ? {} : { given }) }, at);
  }

  async function planned(name: string, release: NamedRelease, given?: CommitSha): Promise<Plan> {
    const made = await plan(name, release, given);
    if (made.kind === 'blocked') throw new Error(JSON.stringify(made.blockers));
    return made.plan;
  }

  /** The change's whole way into the branch. */
  async function merge(made: Plan): Promise<CommitSha> {
    const branch = `fairlead/${made.environment}/${made.release.version}`;
    const head = await git.commit({ parents: [made.base], base: made.base, edits: made.edits, message: promotionMessage(made, id), at });
    await git.push(branch, head, 'absent');
    const change = await repository.forge.openChange({ branch, base: 'main', head, title: 'promote', body: '', promotion: id });
    const merged = await repository.forge.mergeChange(change, head);
    if (merged.kind !== 'merged') throw new Error(merged.kind);
    return merged.commit;
  }

  async function mergeIntoMain(branch: string): Promise<void> {
    await git.fetch();
    const [base, head] = [await git.head('main'), await git.head(branch)];
    if (base === 'absent' || head === 'absent') throw new Error(`there is no ${branch}`);
    await git.push('main', await git.mergeCommit({ base, head, message: `merge ${branch}`, at }), base);
  }

  it('promotes 1.41.0 into exactly the committed example, rendering to what was planned', async () => {
    const first = released('1.41.0');
    for (const name of environments) {
      const made = await planned(name, first);
      const commit = await merge(made);
      const rendered = await renderer.render(RepoPath.parse(`environments/${name}`), await git.snapshot(commit));

      expect(rendered).toMatchObject({ kind: 'rendered', digest: made.after.digest });
      merged.push(commit);
    }

    const [made, example] = [await git.snapshot(merged.at(-1) ?? nothing()), workingTreeSnapshot(join(examples, 'platform-control'))];
    expect(await made.files('')).toEqual(await example.files(''));
  });

  it('has nothing to do a second time', async () => {
    expect((await planned('staging', released('1.41.0'))).edits).toEqual([]);
  });

  it('plans 1.42.0 with its images, its added and its removed objects', async () => {
    await mergeIntoMain('line/1.42.0');

    const made = await planned('staging', released('1.42.0'));
    const lines = changeLines(made.changes);
    expect(lines).toContain('+ CronJob pc-staging/usage-export');
    expect(lines).toContain('- Service pc-staging/control-api-v1');
    expect(made.removes).toContainEqual(removedService('pc-staging'));
    expect(new Set(made.images.filter(({ before }) => before !== undefined).map(({ container }) => container))).toEqual(
      new Set(['api', 'scheduler', 'worker', 'rollup', 'web']),
    );
    expect(made.removes.filter(({ kind }) => kind === 'ConfigMap').length).toBeGreaterThan(0);
    expect(made.risk).toMatchObject({ level: 'medium', migrations: [] });
  });

  it('plans what the branch has changed since the environment was last given something', async () => {
    const [given] = merged;
    const made = await planned('dev-control-rke2', released('1.42.0'), given);

    expect((await planned('dev-control-rke2', released('1.42.0'))).removes).not.toContainEqual(removedService('pc-dev'));
    expect(made.removes).toContainEqual(removedService('pc-dev'));
    expect(changeLines(made.changes)).toContain('+ CronJob pc-dev/usage-export');
  });

  it('stays the same plan when the branch moves elsewhere, a shared base included', async () => {
    const before = await planned('staging', released('1.42.0'));
    await mergeIntoMain('line/1.43.0');
    const after = await planned('staging', released('1.42.0'));

    expect(after.base).not.toBe(before.base);
    expect(planDigest(after)).toBe(planDigest(before));
    expect(after.before).toEqual(before.before);
  });

  it('shows the migration of 1.43.0 as a high risk', async () => {
    const made = await planned('staging', released('1.43.0'));

    expect(made.risk.level).toBe('high');
    expect(made.risk.migrations.map((migration) => migration.id)).toEqual(['0187-add-quota']);
  });
});

function removedService(namespace: string): unknown {
  return expect.objectContaining({ kind: 'Service', namespace, name: 'control-api-v1' });
}

function nothing(): never {
  throw new Error('nothing was merged');
}
