import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plantRepository, type PlantedRepository } from './canary/planted-repository.ts';
import { canary, tracesIn } from './canary/traces.ts';
import { type Ended, fairlead } from './world/fairlead-program.ts';

let home: string;
let planted: PlantedRepository;
beforeAll(async () => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'fl-canary-')));
  planted = plantRepository(home);
  const made = await run(['release', 'create', '--offline', '--version', '9.9.9', ...images, ...of('main'), '--out', 'RELEASE']);
  expect([made.code, tracesIn(made.stdout + made.stderr)]).toEqual([0, []]);
});
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

function run(words: readonly string[]): Promise<Ended> {
  const { folder, kubeconfig, release, env } = planted;
  const filled = words.map((word) => word.replace('KUBECONFIG', kubeconfig).replace('RELEASE', release));
  return fairlead(filled, { home, cwd: folder, env: { ...env, XDG_CACHE_HOME: join(home, 'cache') } });
}

const images = ['api', 'scheduler', 'metering-worker', 'web', 'gateway'].flatMap((name) => [
  '--component',
  `${name}=sha256:${'b'.repeat(64)}`,
]);
const of = (commit: string): readonly string[] => ['--commit', commit, '--ref', 'refs/heads/main', '--artifact', 'base=deploy/base'];
const formats = ['json', 'sarif', 'junit', 'github', 'md'];
const promote = ['promote', 'platform-control', '--offline', '--release', 'RELEASE', '--to', 'staging', '--dry-run'];

describe('no secret is printed', () => {
  it('though it is rendered, and found by what looks for it', async () => {
    const rendered = await run(['render', 'environments/staging']);

    expect(tracesIn(rendered.stdout).map((trace) => trace.split(':')[0])).toEqual(['clear', 'base64']);
    expect(rendered.stderr).toBe('');
    for (const trace of [canary('A'), `x${Buffer.from(`ab${canary('A')}`).toString('base64')}`, Buffer.from(canary('A')).toString('hex')])
      expect(tracesIn(trace)).not.toEqual([]);
  });

  it.each<readonly [name: string, code: number, words: readonly string[]]>([
    ['a render that fails', 1, ['render', 'environments/broken']],
    ['a comparison with another render', 1, ['render', 'environments/staging', '--compare', 'environments/staging/planted.yaml']],
    ['diff', 1, ['diff']],
    ['diff, as JSON', 1, ['diff', '-o', 'json']],
    ['diff of two environments', 1, ['diff', '-e', 'staging', '-e', 'prod']],
    ['init', 0, ['init', '--dry-run']],
    ['doctor', 1, ['doctor', '--kubeconfig', 'KUBECONFIG']],
    ['drift scan', 7, ['drift', 'scan', '-e', 'staging', '--kubeconfig', 'KUBECONFIG']],
    ['environment targets', 7, ['environment', 'targets', '-e', 'staging', '--kubeconfig', 'KUBECONFIG']],
    ['release create', 7, ['release', 'create', '--version', '9.9.9', '--component', 'api=127.0.0.1:1/a/b:tag']],
    ['release capture', 7, ['release', 'capture', '-e', 'staging', '--kubeconfig', 'KUBECONFIG']],
    ['release show', 0, ['release', 'show', 'RELEASE']],
    ['profile resolve', 0, ['profile', 'resolve', '-e', 'staging', '-o', 'json']],
    ['a plan', 0, [...promote, '-o', 'json']],
    ['a plan, for people', 0, promote],
    ["a plan's pull request", 0, [...promote, '-o', 'md']],
    ['status', 3, ['status']],
  ])('by %s', async (_, code, words) => {
    const { stdout, stderr, code: ended } = await run(words);

    expect({ code: ended, stdout: tracesIn(stdout), stderr: tracesIn(stderr) }).toEqual({ code, stdout: [], stderr: [] });
  });

  it.each([
    ['check', ['check']],
    ['check of a range', ['check', '--range', 'main..HEAD']],
  ])('by %s, in any format', async (name, words) => {
    const file = (format: string): string => join(home, `${name.length.toString()}.${format}`);

    const { code, stdout, stderr } = await run([...words, ...formats.flatMap((format) => ['--also', `${format}=${file(format)}`])]);

    expect({ code, stdout: tracesIn(stdout), stderr: tracesIn(stderr) }).toEqual({ code: 1, stdout: [], stderr: [] });
    const texts = formats.map((format) => readFileSync(file(format), 'utf8'));
    expect(texts.every((text) => text.includes('planted.yaml'))).toBe(true);
    expect(texts.flatMap((text) => tracesIn(text))).toEqual([]);
  });

  it('nor kept: in no baseline, and in no cache', async () => {
    await run(['check', '--write-baseline', join(home, 'baseline.json')]);

    const kept = readdirSync(join(home, 'cache'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const texts = [join(home, 'baseline.json'), ...kept.map((entry) => join(entry.parentPath, entry.name))].map((file) =>
      readFileSync(file, 'latin1'),
    );
    expect(texts.flatMap((text) => tracesIn(text))).toEqual([]);
  });
});
