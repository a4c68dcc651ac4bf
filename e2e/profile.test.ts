import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CheckReport } from '@fairlead/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ended, fairlead } from './world/fairlead-program.ts';
import { example, releaseFile } from './world/paths.ts';

let home: string;
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'fl-profile-')));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const resolve = (...words: readonly string[]): Promise<Ended> =>
  fairlead(['profile', 'resolve', example, '-e', 'prod', ...words], { home });

describe('fairlead profile resolve', () => {
  it('gives the same bytes twice', async () => {
    const [first, second] = [
      await resolve('--release', releaseFile('1.43.0'), '-o', 'json'),
      await resolve('--release', releaseFile('1.43.0'), '-o', 'json'),
    ];

    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(second).toEqual(first);
    expect(JSON.parse(first.stdout)).toMatchObject({
      kind: 'ProfileContract',
      release: { version: '1.43.0' },
      parameters: { minCount: 3 },
    });
  });

  it('refuses a release without a required component, and says where it is required', async () => {
    const text = readFileSync(releaseFile('1.43.0'), 'utf8');
    const without = join(home, 'without-web.yaml');
    writeFileSync(without, text.replace(/^ {2}- name: web\n(?: {4}.*\n)+/m, ''));

    const { code, stdout, stderr } = await resolve('--release', without);

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /profiles\/prod\.yaml:7: release 1\.43\.0 has no component web, which profile prod requires \(contract-component-missing\)/,
    );
  });

  it('names the releases that there are where it knows none of that name', async () => {
    const { code, stderr } = await resolve('--release', '9.9.9');

    expect(code).toBe(4);
    expect(stderr).toContain('1.41.0');
  });

  it('says why there is no profile: nothing is declared, or a document is wrong', async () => {
    const undeclared = await fairlead(['profile', 'resolve', home], { home });
    mkdirSync(join(home, '.fairlead'));
    writeFileSync(join(home, '.fairlead/service.yaml'), 'apiVersion: fairlead.dev/v1\nkind: Servise\n');
    const wrong = await fairlead(['profile', 'resolve', home], { home });

    expect([undeclared.code, wrong.code]).toEqual([4, 1]);
    expect(undeclared.stderr).toContain('fairlead init');
    expect(wrong.stderr).toContain('did you mean Service?');
  });
});

describe('fairlead check', () => {
  const exception = `apiVersion: fairlead.dev/v1
kind: PolicyException
metadata: { name: one-zone }
spec:
  rules: [contract-constraint]
  targets: [{ environment: prod, object: { kind: StatefulSet, name: queue } }]
  reason: until the second zone is there
  requestedBy: ada
  approvedBy: [bob]
  notBefore: 2026-01-01T00:00:00Z
  expiresAt: 2036-01-01T00:00:00Z
`;

  async function checked(copy: string): Promise<CheckReport> {
    const { stdout, stderr } = await fairlead(['check', join(copy, 'environments/prod'), '-o', 'json', '--no-cache'], { home, cwd: copy });
    expect(stderr).toBe('');
    return CheckReport.parse(JSON.parse(stdout));
  }

  it('judges constraints and parameters in its own thread, and takes the exceptions that lie there', async () => {
    const copy = join(home, 'copy');
    cpSync(example, copy, { recursive: true });
    const file = join(copy, '.fairlead/profiles/prod.yaml');
    const constraint = `{ id: zones, cel: "object.kind != 'StatefulSet' || object.spec.replicas > 3", message: four for two zones }`;
    const schema = '{ type: object, properties: { minCount: { maximum: 2 } } }';
    writeFileSync(file, `${readFileSync(file, 'utf8')}  constraints: [${constraint}]\n  parameters: { schema: ${schema} }\n`);

    mkdirSync(join(copy, '.fairlead/exceptions'));
    writeFileSync(
      join(copy, '.fairlead/policies/long.yaml'),
      'apiVersion: fairlead.dev/v1\nkind: Policy\nmetadata: { name: long }\nspec: { exceptions: { maxDuration: 36500d } }\n',
    );
    writeFileSync(join(copy, '.fairlead/exceptions/one-zone.yaml'), exception);

    const { findings, summary } = await checked(copy);

    expect(summary).toMatchObject({ error: 1, excepted: 1 });
    expect(findings.find(({ rule }) => rule === 'contract-parameter-invalid')?.message).toContain('must be <= 2');
    expect(findings.find(({ rule }) => rule === 'contract-constraint')?.excepted).toContain('one-zone');
  });
});
