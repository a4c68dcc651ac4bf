import { describe, expect, it } from 'vitest';
import { readInstallation } from './installation.ts';
import { secretSource, SecretReference } from './secret-reference.ts';

const head = 'apiVersion: fairlead.dev/v1\nkind: Installation\n';

const installation = `${head}spec:
  listen: 0.0.0.0:8080
  publicUrl: https://fairlead.example.com
  dataDir: /var/lib/fairlead
  database: { url: env:DATABASE_URL }
  repositories: [{ name: pc, url: https://git.example.com/pc, branch: trunk, forge: gitea, credentials: file:/run/secrets/git }]
  clusters: [{ name: prod, kubeconfig: file:/run/secrets/kubeconfig, context: prod, server: https://10.0.0.1:6443, allowExec: true }]
  guard: { allow: [127.0.0.1:8080] }
  keys: { record: file:/run/keys/record, log: file:/run/keys/log }
`;

function problemsIn(text: string): readonly string[] {
  const parsed = readInstallation(text, 'fairlead.yaml');
  return parsed.kind === 'ok' ? [] : parsed.problems.map(({ line, message }) => `${String(line)}: ${message}`);
}

describe('an installation', () => {
  it('has a default for everything', () => {
    expect(readInstallation(head, 'fairlead.yaml')).toMatchObject({
      kind: 'ok',
      value: { spec: { listen: '127.0.0.1:7420', repositories: [], clusters: [], guard: { allow: [] }, keys: {} } },
    });
  });

  it('works on the main branch without a forge and runs no programs unless it says so', () => {
    const text = `${head}spec: { repositories: [{ name: a, url: "file:///a" }], clusters: [{ name: a }] }`;

    expect(readInstallation(text, 'fairlead.yaml')).toMatchObject({
      value: { spec: { repositories: [{ branch: 'main', forge: 'local' }], clusters: [{ allowExec: false }] } },
    });
  });

  it('is read in full', () => {
    expect(problemsIn(installation)).toEqual([]);
  });

  const reference = 'expected a reference to a secret: env:NAME or file:/path';
  it.each([
    ['env:DATABASE_URL', 'postgres://me:canary@db/fairlead', `7: spec.database.url: ${reference}`],
    ['file:/run/secrets/git', 'canary', `8: spec.repositories[0].credentials: ${reference}`],
    ['file:/run/secrets/git', 'file:canary', `8: spec.repositories[0].credentials: ${reference}`],
    ['file:/run/secrets/git', 'env:canary key', `8: spec.repositories[0].credentials: ${reference}`],
    ['{ record: file:/run/keys/record, log: file:/run/keys/log }', '"-----BEGIN canary"', '11: spec.keys: expected a map, found a string'],
    ['{ url: env:DATABASE_URL }', 'postgres://me:canary@db/fairlead', '7: spec.database: expected a map, found a string'],
    [
      'https://git.example.com/pc',
      'https://me:canary@git.example.com/pc',
      '8: spec.repositories[0].url: expected a repository URL without credentials: https://, ssh://, user@host:path or file:///, found "https://…@git.example.com/pc"',
    ],
    [
      'https://git.example.com/pc',
      'me:canary@git.example.com:pc',
      '8: spec.repositories[0].url: expected a repository URL without credentials: https://, ssh://, user@host:path or file:///, found "…@git.example.com:pc"',
    ],
    [
      'https://10.0.0.1:6443',
      'https://me:canary@10.0.0.1:6443',
      '9: spec.clusters[0].server: expected an http:// or https:// address without credentials, found "https://…@10.0.0.1:6443"',
    ],
  ])('with %j as %j is refused without showing a secret', (from, to, problem) => {
    expect(installation).toContain(from);
    expect(problemsIn(installation.replace(from, to))).toEqual([problem]);
    expect(problem).not.toContain('canary');
  });

  it.each([
    ['0.0.0.0:8080', '8080', '4: spec.listen: expected host:port such as 127.0.0.1:7420, found "8080"'],
    ['0.0.0.0:8080', 'localhost:65536', '4: spec.listen: expected host:port such as 127.0.0.1:7420, found "localhost:65536"'],
    ['/var/lib/fairlead', 'data', '6: spec.dataDir: expected an absolute path, found "data"'],
    ['branch: trunk', 'branch: a..b', '8: spec.repositories[0].branch: expected a branch name such as main'],
    ['forge: gitea', 'forge: gitae', '8: spec.repositories[0].forge: expected local, github, gitlab or gitea, found "gitae"'],
    ['allowExec: true', 'allowExec: yes', '9: spec.clusters[0].allowExec: expected true or false, found "yes"'],
    ['clusters: [', 'clusters: [{ name: prod }, ', '9: spec.clusters[1].name: cluster "prod" is given twice'],
  ])('with %j as %j is refused', (from, to, problem) => {
    expect(installation).toContain(from);
    expect(problemsIn(installation.replace(from, to))).toEqual([problem]);
  });
});

describe('a reference to a secret', () => {
  it.each([
    ['env:DATABASE_URL', { kind: 'env', name: 'DATABASE_URL' }],
    ['file:/run/a:b', { kind: 'file', path: '/run/a:b' }],
  ])('%s says where it is', (text, source) => {
    expect(secretSource(SecretReference.parse(text))).toEqual(source);
  });
});
