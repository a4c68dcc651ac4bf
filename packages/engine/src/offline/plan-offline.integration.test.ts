import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localForge } from '@fairlead/adapters/forge/local';
import { type Checkout, findRepository, gitRepository, type GitRepository } from '@fairlead/adapters/git';
import { wasmRenderer, type WasmRenderer } from '@fairlead/adapters/renderer';
import { EnvironmentId, planDigest, readReleaseManifest } from '@fairlead/domain';
import { buildExampleHistory } from '@fairlead/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Repository } from '../engine-ports.ts';
import { makePlan } from '../promotion/make-plan.ts';
import type { NamedRelease } from '../release/release-named.ts';
import { environmentConfiguration } from '../service/environment-configuration.ts';
import { memoryLocalChanges } from '../testing/memory-local-changes.ts';
import { planOffline, type OfflinePorts, type OfflineRequest, type PlannedOffline } from './plan-offline.ts';

const examples = join(import.meta.dirname, '../../../../examples');
const at = new Date('2026-11-23T10:00:00Z');

function released(version: string, change: (text: string) => string = (text) => text): NamedRelease {
  const text = change(readFileSync(join(examples, `history/releases/${version}.yaml`), 'utf8'));
  const read = readReleaseManifest(text, version);
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems));
  return { digest: read.digest, manifest: read.value, text };
}

describe('planOffline', () => {
  let folder: string;
  let git: GitRepository;
  let renderer: WasmRenderer;
  let repository: Repository;
  let checkout: Checkout;

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'fairlead-offline-')));
    const bare = join(folder, 'remote.git');
    await buildExampleHistory({ example: join(examples, 'platform-control'), history: join(examples, 'history'), into: bare });
    git = gitRepository({ name: 'example', url: bare, mirrorDirectory: join(folder, 'mirror.git'), allowFileProtocol: true });
    renderer = wasmRenderer();
    const changes = memoryLocalChanges(() => at);
    repository = { name: 'example', branch: 'main', git, forge: localForge({ git, changes, url: ({ number }) => String(number) }) };
    execFileSync('git', ['clone', '--quiet', bare, join(folder, 'clone')]);
    const found = await findRepository(join(folder, 'clone'));
    if (found === 'absent') throw new Error('there is no clone');
    checkout = found;
  });

  afterAll(async () => {
    await git[Symbol.asyncDispose]();
    await checkout[Symbol.asyncDispose]();
    await renderer[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  function ports(): OfflinePorts {
    const snapshot = checkout.snapshot.bind(checkout);
    return { renderer, git: { snapshot, head: (branch) => git.head(branch), ancestry: (commit, of) => git.ancestry(commit, of) } };
  }

  async function plan(release: NamedRelease, change: Partial<OfflineRequest> = {}): Promise<PlannedOffline> {
    const { head } = checkout;
    if (head === 'absent') throw new Error('the clone has no commit');
    const here = { base: head, at, files: await checkout.snapshot(head) };
    return planOffline(ports(), { service: 'platform-control', environment: 'dev-control-rke2', release, ...here, ...change });
  }

  const first = released('1.41.0');

  async function serverDigest(): Promise<string> {
    const environment = EnvironmentId.parse('platform-control/dev-control-rke2');
    const configuration = await environmentConfiguration({ repositories: [repository] }, environment);
    const made = await makePlan({ renderer }, { configuration, release: first, environment }, new Date());
    if (made.kind === 'blocked') throw new Error(JSON.stringify(made.blockers));
    return planDigest(made.plan);
  }

  it("makes the server's plan, from a commit and from a work tree", async () => {
    const server = await serverDigest();

    for (const change of [{}, { files: checkout.workingTree(), at: new Date() }]) {
      const planned = await plan(first, change);
      expect(planned).toMatchObject({ kind: 'planned' });
      expect(planned.kind === 'planned' && planDigest(planned.promotion.plan)).toBe(server);
    }
  });

  it('gives the same plan the same name, and another plan another', async () => {
    const names = await Promise.all(
      [{}, { at: new Date() }, { environment: 'prod' }].map(async (change) => {
        const planned = await plan(first, change);
        return planned.kind === 'planned' ? planned.promotion.branch : planned.kind;
      }),
    );

    expect(names[0]).toMatch(/^fairlead\/platform-control\/dev-control-rke2\/p-[0-9a-z]{26}$/);
    expect(names[1]).toBe(names[0]);
    expect(names[2]?.split('/').at(-1)).not.toBe(names[0]?.split('/').at(-1));
  });

  it('tells how each file will be', async () => {
    const planned = await plan(first, { environment: 'staging' });
    if (planned.kind !== 'planned') throw new Error(planned.kind);

    const [reference] = [...planned.promotion.files].filter(([path]) => path.endsWith('staging/release-manifest.ref'));
    expect(reference?.[1]).toMatchObject({ kind: 'file', executable: false });
    expect([...planned.promotion.files.keys()].some((path) => path.startsWith('environments/staging/release/'))).toBe(true);
  });

  it('refuses a release that was built elsewhere', async () => {
    const foreign = released('1.41.0', (text) => text.replace(/commit: [0-9a-f]{40}/, `commit: ${'0'.repeat(40)}`));

    expect(await plan(foreign)).toMatchObject({ kind: 'blocked', blockers: [{ code: 'release-source' }] });
  });

  it('refuses a version that another release has', async () => {
    const other = released('1.41.0', (text) => text.replace(/sha256:[0-9a-f]{64}/, `sha256:${'0'.repeat(64)}`));
    const kept = join(folder, 'clone/releases/platform-control');
    mkdirSync(kept, { recursive: true });
    writeFileSync(join(kept, `${first.digest.replace(':', '-')}.yaml`), first.text);

    expect(await plan(other, { files: checkout.workingTree() })).toMatchObject({
      kind: 'blocked',
      blockers: [{ code: 'release-version-taken', expected: first.digest }],
    });
  });

  it.each([
    [{ service: 'platform-controll' }, 'did you mean platform-control?'],
    [{ environment: 'stagin' }, 'did you mean staging?'],
  ])('says what there is instead of %j', async (change, hint) => {
    await expect(plan(first, change)).rejects.toMatchObject({ hint });
  });
});
