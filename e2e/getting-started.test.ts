import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './world/paths.ts';

const plain: Readonly<Record<string, string>> = {
  'base/kustomization.yaml': 'resources: [deployment.yaml, db.yaml]\nconfigMapGenerator:\n  - name: settings\n    literals: [level=info]\n',
  'base/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: ghcr.io/acme/web:latest }] }
`,
  'base/db.yaml': 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\nstringData:\n  password: hunter2-and-more\n',
  'overlays/staging/kustomization.yaml': 'resources: [../../base]\nnamespace: staging\n',
  'overlays/prod/kustomization.yaml':
    'resources: [../../base]\nnamespace: prod\nimages:\n  - name: ghcr.io/acme/web\n    newTag: "1.2.0"\n',
};

let home: string;
beforeAll(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'fl-guide-')));
  for (const [path, text] of Object.entries(plain)) {
    mkdirSync(dirname(join(home, 'repository', path)), { recursive: true });
    writeFileSync(join(home, 'repository', path), text);
  }
  mkdirSync(join(home, 'bin'));
  writeFileSync(join(home, 'bin/fairlead'), `#!/bin/sh\nexec ${process.execPath} ${join(root, 'apps/cli/bin/fairlead.js')} "$@"\n`);
  chmodSync(join(home, 'bin/fairlead'), 0o755);
  run('git init --quiet --initial-branch main && git add --all && git commit --quiet --message start');
});
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

function run(words: string): SpawnSyncReturns<string> {
  const who = {
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'a@example.com',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'a@example.com',
  };
  const PATH = `${join(home, 'bin')}:${process.env['PATH'] ?? ''}`;
  return spawnSync('sh', ['-euc', words], {
    cwd: join(home, 'repository'),
    encoding: 'utf8',
    env: { ...who, PATH, HOME: home, GIT_CONFIG_NOSYSTEM: '1' },
  });
}

describe('the guide for a plain kustomize repository', () => {
  const guide = readFileSync(join(root, 'docs/guides/getting-started.md'), 'utf8');
  const fences = [...guide.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, words = '']) => words);

  it('has commands that work as they stand, in their order', () => {
    const said = fences.map((words) => run(words));

    expect(said.map(({ status, stderr }) => (status === 0 ? '' : stderr))).toEqual(fences.map(() => ''));
    expect(said.map(({ stderr }) => stderr).join('')).not.toContain('error: ');
    const [check, change, words, baseline, pipeline] = said.map(({ stdout }) => stdout);
    expect(check).toMatch(/^overlays\/prod\/kustomization\.yaml:5:5 {2}image-not-pinned {2}overlays\/prod$[^]*exit 1\n$/m);
    expect(change).toMatch(/^overlays\/prod$[^]*\/data\/level: info → debug[^]*exit 1\n$/m);
    expect(words).toMatch(/overlays\/staging → overlays\/prod\n {2}namespace staging → prod\n[^]*exit 1\n$/);
    expect(baseline).toMatch(/in the baseline, still open[^]*no errors, \d+ in the baseline\n$/);
    expect(pipeline).toMatch(/no errors/);
    expect(said.map(({ stdout, stderr }) => stdout + stderr).join('')).not.toContain('hunter2');
  });
});
