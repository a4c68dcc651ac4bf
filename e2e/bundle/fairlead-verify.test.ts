import { spawn } from 'node:child_process';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { difference } from './exceptions.ts';
import { EvidenceWorld } from './evidence-world.ts';
import { liveStory } from './story.ts';
import { tarOf, writeBundle } from './write-bundle.ts';

const program = new URL('../../packages/verifier/dist/fairlead-verify.js', import.meta.url).pathname;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fl-verify-'));
  await copyFile(program, join(folder, 'fairlead-verify.js'));
  const world = new EvidenceWorld();
  const story = liveStory(world);
  const tar = tarOf(writeBundle(story));
  await writeFile(join(folder, 'good.tar'), tar);
  await writeFile(join(folder, 'flipped.tar'), tar.with(20_000, Number(tar.at(20_000)) ^ 1));
  await writeFile(join(folder, 'tenant.tar'), tarOf(writeBundle(story, { audience: 'tenant' })));
  await writeFile(join(folder, 'no.tar'), tarOf(writeBundle(liveStory(new EvidenceWorld(), { drift: [difference()] }))));
  await writeFile(join(folder, 'none.tar'), 'no archive');
  await writeFile(join(folder, 'trust.json'), JSON.stringify(world.trust(), undefined, 2));
  await writeFile(join(folder, 'bad-trust.json'), '{"kind": "TrustPolicy"}');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** In a folder of its own, without node_modules, in an empty environment; and without any network, where the machine lets us take it away. */
async function run(words: readonly string[], network: 'with' | 'without' = 'with'): Promise<Ended> {
  const command = network === 'with' ? process.execPath : 'unshare';
  const before = network === 'with' ? [] : ['--net', '--map-root-user', process.execPath];
  const child = spawn(command, [...before, 'fairlead-verify.js', ...words], { cwd: folder, env: {} });
  const ended = new Promise<number | null>((done) => child.on('close', done));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, stdout, stderr };
}

describe('fairlead-verify, the one file', () => {
  it.each([
    ['a good bundle', ['good.tar', '--trust', 'trust.json'], 0],
    ['a bundle whose verdict is no', ['no.tar', '--trust', 'trust.json'], 0],
    ['a flipped bit', ['flipped.tar', '--trust', 'trust.json'], 1],
    ['no archive', ['none.tar', '--trust', 'trust.json'], 1],
    ['a bundle that withholds records', ['tenant.tar', '--trust', 'trust.json'], 3],
    ['a bundle that may withhold records', ['tenant.tar', '--trust', 'trust.json', '--audience', 'tenant'], 0],
    ['no trust', ['good.tar'], 2],
    ['a wrong trust file', ['good.tar', '--trust', 'bad-trust.json'], 2],
    ['a bundle in place of the trust file', ['good.tar', '--trust', 'good.tar'], 2],
    ['a file that is not there', ['gone.tar', '--trust', 'trust.json'], 2],
    ['a word that nobody knows', ['good.tar', '--trust', 'trust.json', '--online'], 2],
  ])('exits as documented: %s', async (_, words, code) => {
    const ended = await run(words);

    expect([ended.code, ended.stdout !== '', ended.stderr !== '']).toEqual([code, code !== 2, code === 2]);
  });

  it('needs no network', async () => {
    const probe = await run(['--help'], 'without');
    if (probe.code !== 0) expect(probe.stderr).toMatch(/unshare/);
    else expect((await run(['good.tar', '--trust', 'trust.json'], 'without')).code).toBe(0);
  });

  it('gives its report as JSON', async () => {
    const { stdout } = await run(['flipped.tar', '--trust', 'trust.json', '--json']);

    const report: unknown = JSON.parse(stdout);
    expect(report).toMatchObject({ kind: 'VerificationReport', verdict: 'failed', failures: [{ step: 'manifest', code: 'file-changed' }] });
  });

  it('says what was checked, and last the verdict', async () => {
    const { stdout } = await run(['good.tar', '--trust', 'trust.json']);

    expect(stdout).toContain('approved    local:ada');
    expect(stdout).toMatch(/ok {6}readiness {13}1 of 1 verdicts recomputed/);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('verified');
  });
});
