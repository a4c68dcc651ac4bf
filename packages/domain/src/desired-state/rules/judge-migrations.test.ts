import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../document/json.ts';
import { readReleaseManifest, type ReleaseManifest } from '../../release/release-manifest.ts';
import { judgeMigrations } from './judge-migrations.ts';

const digest = `sha256:${'b'.repeat(64)}`;

function release(migrations = ''): ReleaseManifest {
  const read = readReleaseManifest(
    `apiVersion: fairlead.dev/v1
kind: ReleaseManifest
metadata: { service: pc, version: 1.2.0, createdAt: 2026-11-23T10:00:00Z }
source: { repository: https://git.example.com/pc, commit: ${'a'.repeat(40)}, ref: refs/heads/main }
components: [{ name: api, image: { repository: r.example.com/api, digest: "${digest}" } }]
schema: { id: s-1, migrations: [${migrations}] }
`,
    'release.yaml',
  );
  if (read.kind === 'ok') return read.value;
  throw new Error(read.problems.map(({ message }) => message).join('\n'));
}

function running(kind: string, container: JsonObject, more: JsonObject = {}): JsonObject {
  const containers = [{ name: 'main', image: `r.example.com/api@${digest}`, ...container }];
  return { apiVersion: 'batch/v1', kind, metadata: { name: 'once', ...more }, spec: { template: { spec: { containers } } } };
}

const hook = { annotations: { 'argocd.argoproj.io/hook': 'PreSync' } };

describe('judgeMigrations', () => {
  it.each<readonly [string, JsonObject]>([
    ['a Job by its arguments', running('Job', { args: ['bundle', 'exec', 'rake', 'db:migrate'] })],
    ['a Job by its command', running('Job', { command: ['/bin/sh', '-c', 'alembic upgrade head'] })],
    ['a Job by its image', running('Job', { image: `docker.io/flyway/flyway@${digest}` })],
    ['a Job by its name', { ...running('Job', {}), metadata: { name: 'api-db-migrate' } }],
    ['a hook of another kind', running('Pod', { args: ['manage.py', 'migrate'] }, hook)],
    ['a hook of Helm', running('Pod', { args: ['prisma migrate deploy'] }, { annotations: { 'helm.sh/hook': 'pre-upgrade' } })],
  ])('finds %s', (_what, object) => {
    expect(judgeMigrations([object], release())).toMatchObject([{ rule: 'migration-hidden', severity: 'error' }]);
  });

  it.each<readonly [string, JsonObject]>([
    ['a Job that does something else', running('Job', { args: ['warm-cache', '--immigrate=no'] })],
    ['a Deployment that serves migrations', running('Deployment', { args: ['serve-migrations'] })],
    ['a CronJob', running('CronJob', { args: ['migrate'] })],
  ])('leaves %s', (_what, object) => {
    expect(judgeMigrations([object], release())).toEqual([]);
  });

  it('only warns of what every pod brings along', () => {
    const object: JsonObject = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'api' },
      spec: { template: { spec: { initContainers: [{ name: 'db-migrate', image: 'x' }], containers: [{ name: 'api', image: 'x' }] } } },
    };

    expect(judgeMigrations([object], release())).toMatchObject([
      { severity: 'warning', path: ['spec', 'template', 'spec', 'initContainers', 0] },
    ]);
  });

  it('takes a Job that the release declares, with the image of its component', () => {
    const job = running('Job', { args: ['migrate'] });
    const declared = (more: string): string => `{ id: m1, kind: stateless, reversible: true, component: api, ${more} }`;

    expect(judgeMigrations([job], release(declared('run: job')))).toEqual([]);
    expect(judgeMigrations([job], release(declared('run: external')))).toHaveLength(1);
    expect(judgeMigrations([running('Job', { image: 'other', args: ['migrate'] })], release(declared('run: job')))).toHaveLength(1);
  });
});
