import { describe, expect, it } from 'vitest';
import { digestOf } from '../evidence/digest.ts';
import { ServiceName } from '../service/service-name.ts';
import { commit } from './fixtures/delivered-example.ts';
import { releaseOfRevision, type ObservedRevision } from './release-of-revision.ts';

const release = digestOf('1.42.0');
const service = ServiceName.parse('shop');
const found: ObservedRevision['reference'] = { kind: 'found', ref: { service, release } };
const observed: ObservedRevision = { service, revision: commit, reference: found, releases: [{ digest: release, version: '1.42.0' }] };

describe('a synced revision', () => {
  it('is the release that its commit names', () => {
    expect(releaseOfRevision(observed)).toEqual({ kind: 'release', digest: release, version: '1.42.0' });
  });

  it.each<readonly [string, Partial<ObservedRevision>, object]>([
    ['names no commit', { reference: { kind: 'unnamed' }, revision: 'main' }, { code: 'revision-unnamed' }],
    ['is in no repository of ours', { reference: { kind: 'unknown' } }, { code: 'revision-unknown' }],
    ['has no reference', { reference: { kind: 'absent' } }, { code: 'reference-absent' }],
    ['has a broken one', { reference: { kind: 'invalid', reason: 'expected a digest' } }, { code: 'reference-invalid' }],
    ['names a release that nobody registered', { releases: [] }, { code: 'release-not-registered', release }],
    [
      'names the release of another service',
      { reference: { kind: 'found', ref: { service: ServiceName.parse('pay'), release } } },
      { code: 'service-differs', release },
    ],
  ])('that %s is none, and says why', (_what, change, expected) => {
    const mapped = releaseOfRevision({ ...observed, ...change });

    expect(mapped).toMatchObject({ kind: 'none', ...expected });
    expect(mapped.kind === 'none' ? mapped.reason : '').toContain(change.revision ?? commit);
  });
});
