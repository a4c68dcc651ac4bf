import { describe, expect, it } from 'vitest';
import { GitRef } from './git-ref.ts';
import { RepositoryUrl } from './repository-url.ts';
import { readService } from './service.ts';

const digest = `sha256:${'a'.repeat(64)}`;

const service = `apiVersion: fairlead.dev/v1
kind: Service
metadata: { name: pc }
spec:
  repository: https://git.example.com/pc
  source: { refs: [refs/heads/main] }
  environments: [dev, staging]
  components:
    - { name: api, image: r.example.com/api }
    - { name: web, image: r.example.com/web, required: false }
  thirdPartyImages:
    - ghcr.io/x/y@${digest}
`;

function problemsIn(text: string): readonly string[] {
  const parsed = readService(text, 'service.yaml');
  return parsed.kind === 'ok' ? [] : parsed.problems.map(({ line, message, hint = '' }) => `${String(line)}: ${message} ${hint}`.trim());
}

describe('a service', () => {
  it('has required components and no images of others unless it says so', () => {
    const parsed = readService(service.replace(/ {2}thirdPartyImages:\n.*\n/, ''), 'service.yaml');

    expect(parsed).toMatchObject({
      kind: 'ok',
      value: { spec: { thirdPartyImages: [], components: [{ required: true }, { required: false }] } },
    });
  });

  it.each([
    ['dev, staging', 'dev, dev', '7: spec.environments[1]: environment "dev" is given twice'],
    ['dev, staging', '', '7: spec.environments: expected 1 or more entries, found 0'],
    ['name: web', 'name: api', '10: spec.components[1].name: component "api" is given twice'],
    ['[refs/heads/main]', '[]', '6: spec.source.refs: expected 1 or more entries, found 0'],
    ['[refs/heads/main]', '[refs/heads/main, refs/heads/main]', '6: spec.source.refs[1]: ref "refs/heads/main" is given twice'],
    [
      `@${digest}`,
      ':1.2',
      '12: spec.thirdPartyImages[0]: expected an image pinned as repository@sha256:… without a tag, found "ghcr.io/x/y:1.2"',
    ],
    [
      'api }',
      'api, digest: x }',
      '9: spec.components[0].digest is no field of this document the release pins the digest, the service only names the repository',
    ],
  ])('with %j as %j is refused', (from, to, problem) => {
    expect(service).toContain(from);
    expect(problemsIn(service.replace(from, to))).toEqual([problem]);
  });

  it('reports a repeated name also where another entry is wrong', () => {
    const text = service.replace('name: web', 'name: api').replace('r.example.com/web', '[]');

    expect(problemsIn(text)).toEqual([
      '10: spec.components[1].name: component "api" is given twice',
      '10: spec.components[1].image: expected a string, found a list',
    ]);
  });

  it('says nothing of repetition where there are no names', () => {
    expect(problemsIn(service.replace('{ name: web, image: r.example.com/web, required: false }', 'web'))).toEqual([
      '10: spec.components[1]: expected a map, found a string',
    ]);
  });
});

describe('a repository’s address', () => {
  it.each([
    'https://git.example.com/a/b.git',
    'http://127.0.0.1:8080/a',
    'ssh://git@git.example.com:22/a/b',
    'ssh://git.example.com/a',
    'git@git.example.com:a/b.git',
    'file:///srv/git/a.git',
    'https://[::1]:8080/a',
  ])('may be %s', (text) => {
    expect(RepositoryUrl.safeParse(text).success).toBe(true);
  });

  it.each([
    '',
    'git.example.com/a',
    'https://git.example.com',
    'https://me@git.example.com/a',
    'https://me:secret@git.example.com/a',
    'ssh://git:secret@git.example.com/a',
    'git:secret@git.example.com:a',
    'https://git.example.com/a?token=x',
    'https://git.example.com/a#b',
    'https://git.example.com/a b',
    'ext::sh -c id',
    '--upload-pack=x',
    'file://host/a',
    '/srv/git/a',
    'https://git.example.com/a\n',
  ])('may not be %j', (text) => {
    expect(RepositoryUrl.safeParse(text).success).toBe(false);
  });
});

describe('a ref', () => {
  it.each(['refs/heads/main', 'refs/heads/release/1.x', 'refs/tags/v1.2.3', 'refs/heads/a-b_c+d', 'refs/heads/ünï'])(
    'may be %s',
    (text) => {
      expect(GitRef.safeParse(text).success).toBe(true);
    },
  );

  it.each([
    'main',
    'heads/main',
    'refs/heads/',
    'refs/pull/1/head',
    'refs/heads/a..b',
    'refs/heads/a b',
    'refs/heads/a~1',
    'refs/heads/a^',
    'refs/heads/a:b',
    'refs/heads/a*',
    'refs/heads/a?',
    'refs/heads/a[b',
    'refs/heads/a\\b',
    'refs/heads/a@{1}',
    'refs/heads/.a',
    'refs/heads/a/.b',
    'refs/heads/a//b',
    'refs/heads/a/',
    'refs/heads/a.',
    'refs/heads/a.lock',
    'refs/heads/a.lock/b',
    'refs/heads/a\u007f',
    'refs/heads/a\n',
  ])('may not be %j', (text) => {
    expect(GitRef.safeParse(text).success).toBe(false);
  });
});
