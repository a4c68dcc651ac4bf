import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CheckReport } from '@fairlead/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ended, fairlead } from './world/fairlead-program.ts';
import { example, root } from './world/paths.ts';

let home: string;
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'fl-offline-')));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const run = (words: readonly string[], cwd = home): Promise<Ended> => fairlead(words, { home, cwd });

function git(cwd: string, ...args: readonly string[]): string {
  const who = {
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.com',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.com',
  };
  const env = { PATH: process.env['PATH'], HOME: home, GIT_CONFIG_NOSYSTEM: '1', ...who };
  return execFileSync('git', args, { cwd, env, encoding: 'utf8' });
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function commit(folder: string): string {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'change');
  return git(folder, 'rev-parse', 'HEAD').trim();
}

function repository(name: string, files: Readonly<Record<string, string>> = {}): string {
  const folder = join(home, name);
  mkdirSync(folder);
  git(folder, 'init', '--quiet', '--initial-branch', 'main');
  write(folder, files);
  if (Object.keys(files).length > 0) commit(folder);
  return folder;
}

/** A copy of the example under Git, with one file edited. */
function exampleWith(path = '', edit: (text: string) => string = (text) => text): string {
  const folder = repository('example');
  cpSync(example, folder, { recursive: true });
  commit(folder);
  if (path !== '') writeFileSync(join(folder, path), edit(readFileSync(join(folder, path), 'utf8')));
  return folder;
}

const staging = 'environments/staging/kustomization.yaml';
const lineOf = (file: string, text: string): string =>
  String(
    readFileSync(file, 'utf8')
      .split('\n')
      .findIndex((line) => line.includes(text)) + 1,
  );

describe('fairlead release capture', () => {
  it('writes a manifest of what the overlay pins, marked as captured', async () => {
    const folder = exampleWith();

    const { code, stdout, stderr } = await run([
      'release',
      'capture',
      folder,
      '-e',
      'staging',
      '--version',
      'today',
      '--ref',
      'refs/heads/main',
    ]);

    expect([code, stderr]).toEqual([0, expect.stringContaining('never promotable to production')]);
    expect(stdout).toContain('  version: today\n');
    expect(stdout).toContain('  captured: true\n');
    expect(stdout.match(/digest: sha256:[0-9a-f]{64}\n/g)).toHaveLength(5);
  });

  it('asks for the cluster where an image is wanted by a tag, and writes nothing', async () => {
    const folder = exampleWith(staging, (text) => text.replace(/(platform-control\/api\n) {4}digest: \S+/, '$1    newTag: "1.43"'));

    const { code, stderr } = await run([
      'release',
      'capture',
      folder,
      '-e',
      'staging',
      '--ref',
      'refs/heads/main',
      '--out',
      'release.yaml',
    ]);

    expect(code).toBe(1);
    expect(stderr).toContain('component api is wanted by a tag\n    fix: give --kubeconfig');
    expect(() => readFileSync(join(home, 'release.yaml'))).toThrow('ENOENT');
  });

  it.each<[readonly string[], number, string]>([
    [[], 2, 'there are several environments'],
    [['-e', 'stagin'], 4, 'did you mean staging?'],
  ])('says which environments there are when it is asked with %j', async (words, code, message) => {
    const ended = await run(['release', 'capture', exampleWith(), ...words]);

    expect([ended.code, ended.stderr]).toEqual([code, expect.stringContaining(message)]);
  });
});

describe('fairlead render', () => {
  it('finds no difference from what kustomize printed, in any order and spelling', async () => {
    const theirs = join(home, 'theirs.yaml');
    const printed = readFileSync(join(root, 'packages/renderer/fixtures/example/staging.expected.yaml'), 'utf8');
    const documents = printed.split('---\n').toReversed();
    writeFileSync(theirs, `# made by our script\n${documents.map((text) => (text.endsWith('\n') ? text : `${text}\n`)).join('---\n')}`);

    const { code, stdout, stderr } = await run(['render', join(example, 'environments/staging'), '--compare', theirs]);

    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/^(\d+) objects in .*theirs.yaml, \1 rendered here: no difference\n$/);
  });

  it('lists how an existing render differs, and says so by its exit code', async () => {
    const theirs = join(home, 'theirs.yaml');
    const printed = readFileSync(join(root, 'packages/renderer/fixtures/example/staging.expected.yaml'), 'utf8');
    writeFileSync(theirs, printed.replace(/replicas: \d+/, 'replicas: 77'));

    const { code, stdout } = await run(['render', join(example, 'environments/staging'), '--compare', theirs]);

    expect(code).toBe(1);
    expect(stdout).toMatch(/^~ Deployment \S+\n {4}\/spec\/replicas: 77 → \d+\n$/);
  });

  it('says that a file is no render', async () => {
    writeFileSync(join(home, 'theirs.yaml'), 'rendering…\n');

    const { code, stderr } = await run(['render', join(example, 'environments/staging'), '--compare', join(home, 'theirs.yaml')]);

    expect(code).toBe(1);
    expect(stderr).toContain("theirs.yaml can't be read as objects");
  });

  it.each(['dev-control-rke2', 'staging', 'prod'])('prints the bytes of kustomize for %s', async (environment) => {
    const { code, stdout, stderr } = await run(['render', join(example, 'environments', environment)]);

    expect(stdout).toBe(readFileSync(join(root, `packages/renderer/fixtures/example/${environment}.expected.yaml`), 'utf8'));
    expect([code, stderr]).toEqual([0, '']);
  });

  const kustomize = spawnSync('kustomize', ['version']).status === 0;
  it.runIf(kustomize)('prints what the kustomize of this machine prints', async () => {
    const folder = join(example, 'environments/staging');

    expect((await run(['render', folder])).stdout).toBe(execFileSync('kustomize', ['build', folder], { encoding: 'utf8' }));
  });

  it('works in a folder without Git, and reads nothing above it', async () => {
    const files = {
      'in/kustomization.yaml': 'resources: [../base]\n',
      'base/kustomization.yaml': 'resources: [c.yaml]\n',
      'base/c.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\n',
    };
    write(home, files);

    expect(await run(['render', 'in'])).toMatchObject({ code: 0, stdout: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n' });
    expect(await run(['render', '.'], join(home, 'in'))).toMatchObject({ code: 1, stdout: '' });
  });
});

describe('fairlead check', () => {
  it('finds nothing wrong with the example, and judges all of it but what needs its origin or a list', async () => {
    const { code, stdout } = await run(['check', '-o', 'json'], exampleWith());

    const report = CheckReport.parse(JSON.parse(stdout));
    expect(report).toMatchObject({ findings: [], summary: { environments: 3 } });
    expect(report.notChecked.map(({ rule }) => rule)).toEqual(['release-source', 'cluster-scoped-not-listed']);
    expect(code).toBe(0);
  });

  it('names file, line, image and fix of an image with a tag', async () => {
    const folder = exampleWith(staging, (text) => text.replace(/digest: sha256:83dd[0-9a-f]*/, 'newTag: 1.42.0'));
    const line = lineOf(join(folder, staging), 'newTag');

    const { code, stdout } = await run(['check'], folder);

    expect(code).toBe(1);
    expect(stdout).toContain(`${staging}:${line}:5  image-not-pinned  platform-control/staging`);
    expect(stdout).toContain('registry.example.com/platform-control/api:1.42.0 has the tag 1.42.0 and no digest');
    expect(stdout).toMatch(/fix: write digest: sha256:83dd[0-9a-f]{60} in place of newTag: 1\.42\.0, as release 1\.41\.0 has it/);
    expect(stdout).toContain('3 environments, 1 error');
  });

  it('names files from where the person stands, and from the root in a report', async () => {
    const folder = exampleWith(staging, (text) => text.replace(/digest: sha256:83dd[0-9a-f]*/, 'newTag: 1.42.0'));

    const [text, annotations] = await Promise.all([
      run(['check', '.'], join(folder, 'environments/staging')),
      run(['check', '.', '-o', 'github'], join(folder, 'environments/staging')),
    ]);

    expect(text.stdout).toMatch(/^kustomization\.yaml:\d+:5 {2}image-not-pinned/);
    expect(annotations.stdout).toMatch(/^::error file=environments\/staging\/kustomization\.yaml,line=\d+,col=5,title=image-not-pinned::/);
  });

  it('says of somebody else’s repository what it judged and what not', async () => {
    const deployment =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: nginx:1.29\n';
    const folder = repository('foreign', {
      'README.md': '# shop\n',
      'apps/web/base/kustomization.yaml': 'resources: [web.yaml]\n',
      'apps/web/base/web.yaml': deployment,
      'apps/web/overlays/prod/kustomization.yaml': `resources: [../../base]\nimages:\n  - name: nginx\n    digest: sha256:${'a'.repeat(64)}\n`,
      'apps/web/overlays/test/kustomization.yaml': 'resources: [../../base]\n',
    });

    const { code, stdout } = await run(['check'], folder);

    expect(code).toBe(1);
    expect(stdout).toContain('apps/web/base/web.yaml:9:11  image-not-pinned  apps/web/overlays/test');
    expect(stdout).toContain(
      'not checked\n  image-not-in-release, release-ref-invalid, release-unknown, release-digest-mismatch, release-source\n    no release reference: apps/web/overlays/prod, apps/web/overlays/test',
    );
    expect(stdout).toContain('2 environments, 1 error');
    expect((await run(['check', 'apps/web/overlays/prod'], folder)).code).toBe(0);
  });

  it('says that there is nothing to judge', async () => {
    const folder = repository('empty', { 'docs/a.md': '' });

    for (const words of [['check'], ['diff']]) {
      const { code, stderr } = await run(words, folder);
      expect(code).toBe(4);
      expect(stderr).toContain('no environment was found');
    }
  });

  it('never prints a secret', async () => {
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: { name: db }\nstringData: { password: hunter2 }\n';
    const folder = repository('secret', { 'kustomization.yaml': 'resources: [db.yaml]\n', 'db.yaml': secret });

    for (const words of [['check'], ['check', '-o', 'json']]) {
      const { code, stdout, stderr } = await run(words, folder);
      expect(code).toBe(1);
      expect(stdout).toContain('S01');
      expect(stdout + stderr).not.toMatch(/hunter2|aHVudGVyMg/);
    }
  });
});

describe('bad input', () => {
  const reference = 'environments/staging/release-manifest.ref';
  const cases: readonly { readonly what: string; readonly path: string; readonly edit: (text: string) => string; readonly said: RegExp }[] =
    [
      {
        what: 'malformed YAML',
        path: 'environments/staging/patches/hosts.yaml',
        edit: () => 'a: [1\nb: 2\n',
        said: /patches\/hosts\.yaml:2:\d+ {2}document-unparsable/,
      },
      {
        what: 'the wrong kind',
        path: '.fairlead/service.yaml',
        edit: (text) => text.replace('kind: Service', 'kind: Servise'),
        said: /service\.yaml:2:7 {2}document-invalid\n.*\n.*\n.*\n {2}fix: did you mean Service\?/,
      },
      {
        what: 'an unknown release',
        path: reference,
        edit: (text) => text.replaceAll(/98d7[0-9a-f]{60}/g, '9'.repeat(64)),
        said: /release-manifest\.ref:8:\d+ {2}release-unknown/,
      },
      {
        what: 'a path that escapes the root',
        path: staging,
        edit: (text) => text.replace('- release\n', '- release\n  - ../../../elsewhere\n'),
        said: /kustomization\.yaml:10:\d+ {2}render-failed[^]*keep every file that the render reads inside this repository/,
      },
      {
        what: 'a remote base',
        path: staging,
        edit: (text) => text.replace('- release\n', '- release\n  - https://git.example.com/base?ref=v1\n'),
        said: /kustomization\.yaml:10:\d+ {2}remote-base[^]*name the full commit SHA by \?ref=, then run fairlead vendor/,
      },
    ];

  it.each(cases)('$what ends with 1, one finding with its fix, and nothing changed', async ({ path, edit, said }) => {
    const folder = exampleWith(path, edit);
    const before = git(folder, 'status', '--porcelain');

    const { code, stdout } = await run(['check', 'environments/staging'], folder);

    expect(stdout).toMatch(said);
    expect(stdout.match(/ {2}fix: /g)).toHaveLength(1);
    expect(code).toBe(1);
    expect(git(folder, 'status', '--porcelain')).toBe(before);
  });

  it('a render that fails says code, reason and fix, and prints nothing else', async () => {
    const folder = repository('remote', { 'kustomization.yaml': 'resources: ["https://git.example.com/base"]\n' });

    const [text, json] = await Promise.all([run(['render', '.'], folder), run(['render', '.', '-o', 'json'], folder)]);

    expect(text).toMatchObject({ code: 1, stdout: '' });
    expect(text.stderr).toMatch(
      /^error: what is not pinned by its commit is never fetched: .* \(remote-base\)\n {2}fix: name the full commit SHA by .*\n$/,
    );
    expect(JSON.parse(json.stderr)).toMatchObject({
      code: 'remote-base',
      hint: 'name the full commit SHA by ?ref=, then run fairlead vendor; or copy it into this repository and refer to that folder',
    });
  });

  it.each([
    [['render', 'stagin'], 4, 'fix: did you mean staging?'],
    [['render', '/'], 2, 'which is all that may be read'],
    [['render', 'staging/deployment.yaml'], 2, 'staging/deployment.yaml is a file'],
    [['check', '-o', 'jso'], 2, 'fix: did you mean json?'],
    [['diff', '--base', 'nothing'], 2, '--base: there is no commit nothing'],
    [['release', 'verify', 'none.yaml'], 4, 'there is no none.yaml'],
  ] as const)('%j ends with %d', async (words, code, said) => {
    const folder = repository('plain', {
      'staging/kustomization.yaml': 'resources: [deployment.yaml]\n',
      'staging/deployment.yaml': 'kind: A\n',
    });

    const ended = await run(words, folder);

    expect(ended).toMatchObject({ code, stdout: '' });
    expect(ended.stderr).toContain(said);
  });
});

describe('fairlead diff', () => {
  const base = 'deploy/base/api/deployment.yaml';

  it('says what a branch does to every environment, a shared base included', async () => {
    const folder = exampleWith();
    git(folder, 'checkout', '--quiet', '-b', 'topic');
    write(folder, { [base]: readFileSync(join(folder, base), 'utf8').replace('revisionHistoryLimit: 5', 'revisionHistoryLimit: 3') });
    commit(folder);

    const { code, stdout, stderr } = await run(['diff'], folder);

    expect(stderr).toMatch(/^compared with main at [0-9a-f]{12}, where this branch left it\n$/);
    expect(stdout).toBe(
      'platform-control/dev-control-rke2\n  ~ Deployment pc-dev/api\n      /spec/revisionHistoryLimit: 5 → 3\n\nunchanged: platform-control/staging, platform-control/prod\n',
    );
    expect(code).toBe(1);
    expect((await run(['diff', 'environments/prod'], folder)).code).toBe(0);
  });

  it('compares the last commit with the working tree on the default branch', async () => {
    const folder = exampleWith();
    expect(await run(['diff'], folder)).toMatchObject({ code: 0, stderr: 'compared with HEAD\n' });

    write(folder, {
      'environments/prod/values/api.env': `${readFileSync(join(folder, 'environments/prod/values/api.env'), 'utf8')}MORE=1\n`,
    });
    const { code, stdout } = await run(['diff', '-o', 'json'], folder);

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'EnvironmentDiffList',
      items: [{ kind: 'unchanged' }, { kind: 'unchanged' }, { environment: 'platform-control/prod', kind: 'changed' }],
    });
  });
});

describe('fairlead release', () => {
  const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;
  const words = [
    'release',
    'create',
    '--offline',
    '--version',
    '1.50.0',
    '--artifact',
    'base=deploy/base',
    ...['api', 'scheduler', 'metering-worker', 'web', 'gateway'].flatMap((name) => ['--component', `${name}=${digest('a')}`]),
  ];

  it('is made from a checkout, verified and shown, with one digest', async () => {
    const folder = exampleWith();
    const head = git(folder, 'rev-parse', 'HEAD').trim();

    const created = await run([...words, '--out', 'out/release.yaml'], folder);
    const [verified, shown] = await Promise.all([
      run(['release', 'verify', 'out/release.yaml', '--offline'], folder),
      run(['release', 'show', 'out/release.yaml'], folder),
    ]);

    expect(created).toMatchObject({ code: 0, stdout: verified.stdout });
    expect(verified.stdout).toMatch(/^sha256:[0-9a-f]{64}\n$/);
    expect(shown.stdout).toContain(`${head} on refs/heads/main`);
    expect(shown.stdout).toContain(`api  registry.example.com/platform-control/api@${digest('a')}`);
    expect(readFileSync(join(folder, 'out/release.yaml'), 'utf8')).toBe((await run(words, folder)).stdout);
  });

  it('is refused for a commit that is not on its ref', async () => {
    const folder = exampleWith();
    git(folder, 'checkout', '--quiet', '-b', 'topic');
    write(folder, { 'README.md': 'more\n' });
    commit(folder);

    expect((await run(words, folder)).stderr).toContain('refs/heads/topic is none of the refs');
    expect((await run([...words, '--ref', 'refs/heads/main'], folder)).stderr).toContain('is not on refs/heads/main');
    expect((await run([...words, '--ref', 'refs/heads/main', '--commit', 'main'], folder)).code).toBe(0);
  });

  it('never overwrites another file', async () => {
    const folder = exampleWith();
    write(folder, { 'release.yaml': 'something else\n' });

    expect(await run([...words, '--out', 'release.yaml'], folder)).toMatchObject({ code: 5, stdout: '' });
    expect(readFileSync(join(folder, 'release.yaml'), 'utf8')).toBe('something else\n');
  });

  it('is refused with everything that is wrong at once', async () => {
    const folder = exampleWith('deploy/base/kustomization.yaml', (text) => `${text}# dirty\n`);

    const ended = await run(
      [
        'release',
        'create',
        '--offline',
        '--component',
        'api=registry.example.com/platform-control/api:1.50.0',
        '--artifact',
        'base=deploy/base',
        '--out',
        'release.yaml',
      ],
      folder,
    );

    expect(ended).toMatchObject({ code: 1, stdout: '' });
    for (const said of [
      'no version is named',
      'has a tag, which decides nothing',
      'component web is required and missing',
      'deploy/base is not what commit',
    ]) {
      expect(ended.stderr).toContain(said);
    }
    expect(git(folder, 'status', '--porcelain')).toBe(' M deploy/base/kustomization.yaml\n');
  });

  it('is judged line by line', async () => {
    write(home, {
      'release.yaml': readFileSync(join(root, 'examples/history/releases/1.42.0.yaml'), 'utf8').replace(
        /digest: sha256:[0-9a-f]{64}/,
        'tag: 1.42.0',
      ),
    });

    const { code, stderr } = await run(['release', 'verify', 'release.yaml']);

    expect(code).toBe(1);
    expect(stderr).toMatch(/release\.yaml:15:7: .*tag is no field of this document\n {4}fix: a tag decides nothing: give the digest/);
  });
});
