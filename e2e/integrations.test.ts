import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { root } from './world/paths.ts';

const value = ['quite', 'a', 'secret', 'indeed'].join('-');
const command = `${process.execPath} ${join(root, 'apps/cli/bin/fairlead.js')}`;

let home: string;
let repository: string;
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'fl-integrations-')));
  repository = join(home, 'repository');
  mkdirSync(join(home, 'bin'));
  writeFileSync(join(home, 'bin/fairlead'), `#!/bin/sh\nexec ${command} "$@"\n`);
  chmodSync(join(home, 'bin/fairlead'), 0o755);
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Answer {
  const who = {
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'a@example.com',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'a@example.com',
  };
  const PATH = `${join(home, 'bin')}:${process.env['PATH'] ?? ''}`;
  return spawnSync(program, args, {
    cwd: repository,
    encoding: 'utf8',
    env: { ...who, PATH, HOME: home, GIT_CONFIG_NOSYSTEM: '1', ...env },
  });
}

function commit(files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), text);
  }
  run('git', ['add', '--all']);
  run('git', ['commit', '--quiet', '--message', 'change']);
  return run('git', ['rev-parse', 'HEAD']).stdout.trim();
}

const secret = `apiVersion: v1\nkind: Secret\nmetadata: { name: db }\nstringData:\n  password: ${value}\n`;
const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { level: info }\n';

/** A branch that adds a secret and takes it away again; gives the commit that it left. */
function branchWithSecret(): string {
  mkdirSync(repository);
  run('git', ['init', '--quiet', '--initial-branch', 'main']);
  const base = commit({ 'prod/kustomization.yaml': 'resources: [settings.yaml]\n', 'prod/settings.yaml': settings });
  commit({ 'prod/db.yaml': secret });
  rmSync(join(repository, 'prod/db.yaml'));
  commit({});
  return base;
}

const Job = z.object({ script: z.array(z.string()), variables: z.record(z.string(), z.string()) });
const Inputs = z.object({ spec: z.object({ inputs: z.record(z.string(), z.object({ default: z.string() })) }) });

describe('the GitHub Action', () => {
  const Action = z.object({
    inputs: z.record(z.string(), z.object({ default: z.string() })),
    runs: z.object({ steps: z.array(z.object({ run: z.string(), env: z.record(z.string(), z.string()) })) }),
  });
  const action = Action.parse(parse(readFileSync(join(root, 'integrations/github-action/action.yml'), 'utf8')));

  /** Does what the runner does: inputs into variables, then the step's own words. */
  function step(inputs: Readonly<Record<string, string>>, base: string): Answer {
    const [only] = action.runs.steps;
    const given = { ...Object.fromEntries(Object.entries(action.inputs).map(([name, input]) => [name, input.default])), ...inputs };
    const env = Object.entries(only?.env ?? {}).map(([name, text]): [string, string] => {
      const filled = text.replace(/\$\{\{ inputs\.(\w+) \}\}/, (_, input: string) => given[input] ?? '');
      return [name, filled.replace('${{ github.event.pull_request.base.sha }}', base)];
    });
    const paths = { GITHUB_ACTION_PATH: join(root, 'integrations/github-action'), GITHUB_STEP_SUMMARY: join(home, 'summary.md') };
    return run('sh', ['-c', only?.run ?? 'false'], { ...Object.fromEntries(env), ...paths });
  }

  it('finds in a pull request what a later commit took away again, and says it in three places', () => {
    const base = branchWithSecret();

    const { status, stdout, stderr } = step({ command }, base);

    const summary = readFileSync(join(home, 'summary.md'), 'utf8');
    const sarif = readFileSync(join(repository, 'fairlead.sarif'), 'utf8');
    expect([status, stdout]).toEqual([1, expect.stringMatching(/^::error file=prod\/db\.yaml,line=5,.*title=S17::/m)]);
    expect(summary).toContain('S17');
    expect(sarif).toContain('"ruleId": "S17"');
    expect(stdout + stderr + summary + sarif).not.toContain(value);
  });

  it('checks the files alone where the base was not fetched, and says so', () => {
    branchWithSecret();

    const { status, stdout } = step({ command }, '0'.repeat(40));

    expect([status, stdout]).toEqual([0, expect.stringContaining('fetch-depth: 0')]);
  });

  it('takes no input for anything but a word', () => {
    branchWithSecret();

    const { status } = step({ command, path: '$(touch pwned); touch pwned', sarif: '' }, '');

    expect(status).toBe(4);
    expect(run('ls', []).stdout).not.toContain('pwned');
  });
});

describe('the GitLab component', () => {
  it('ends as check does, with a test report and SARIF', () => {
    const base = branchWithSecret();
    const text = readFileSync(join(root, 'integrations/gitlab-component/templates/check.yml'), 'utf8');
    const [spec, jobs] = parseAllDocuments(text).map((document) => z.unknown().parse(document.toJS()));
    const { inputs } = Inputs.parse(spec).spec;
    const job = z.object({ 'fairlead-check': Job }).parse(jobs)['fairlead-check'];
    const filled = (words: string): string =>
      words.replaceAll(/\$\[\[ inputs\.(\w+) \]\]/g, (_, name: string) => inputs[name]?.default ?? '');
    const variables = Object.fromEntries(Object.entries(job.variables).map(([name, words]) => [name, filled(words)]));

    const { status, stdout } = run('sh', ['-ec', job.script.map(filled).join('\n')], {
      ...variables,
      FAIRLEAD: command,
      CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
    });

    expect([status, stdout]).toEqual([1, expect.stringContaining('S17')]);
    expect(readFileSync(join(repository, 'fairlead-junit.xml'), 'utf8')).toContain('<failure type="S17"');
    expect(readFileSync(join(repository, 'fairlead.sarif'), 'utf8')).toContain('"ruleId": "S17"');
  });
});

describe('the pre-commit hook', () => {
  it('runs what check runs, for the files that check reads', () => {
    branchWithSecret();
    const Hooks = z.array(z.object({ entry: z.string(), files: z.string() }));
    const [hook] = Hooks.parse(parse(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8')));

    expect(run('sh', ['-c', hook?.entry ?? 'false']).status).toBe(0);
    writeFileSync(join(repository, 'prod/db.yaml'), secret);
    const { status, stdout } = run('sh', ['-c', hook?.entry ?? 'false']);

    expect([status, stdout]).toEqual([1, expect.stringContaining('S01')]);
    const files = new RegExp(hook?.files ?? '$^');
    expect(['a/b.yaml', 'Kustomization', 'x/.env', 'x/.env.prod', 'app.properties'].every((file) => files.test(file))).toBe(true);
    expect(files.test('src/main.go')).toBe(false);
  });
});
