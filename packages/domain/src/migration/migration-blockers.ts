import type { Blocker } from '../blocker/blocker.ts';
import type { ReleaseManifest } from '../release/release-manifest.ts';

/** A stateful migration stays outside until its preflight, backup, cutover and rollback evidence can be judged: this version can't, so it refuses. */
export function migrationBlockers({ schema, metadata }: ReleaseManifest, now: Date): readonly Blocker[] {
  const stateful = (schema?.migrations ?? []).filter(({ kind }) => kind === 'stateful');
  return stateful.map(({ id }) => ({
    gate: 'migration',
    code: 'migration',
    message: `release ${metadata.version} carries the stateful migration ${id}, and this version has no gate that could clear it`,
    since: now.toISOString(),
    expected: 'preflight, backup, cutover and rollback evidence for each stateful migration',
    observed: 'no such gate',
    who: ['operator'],
    fix: 'release without the stateful migration; nothing runs it unreviewed',
  }));
}
