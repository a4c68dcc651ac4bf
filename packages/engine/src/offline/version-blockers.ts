import { decodeUtf8, readReleaseManifest, type Blocker } from '@fairlead/domain';
import type { TreeSnapshot } from '../ports/file-snapshot.ts';
import type { NamedRelease } from '../release/release-named.ts';

interface Kept {
  readonly files: TreeSnapshot;
  readonly root: string;
  readonly release: NamedRelease;
}

/** A version means one release for ever: the manifests that are kept say which. */
export async function versionBlockers({ files, root, release: { manifest, digest } }: Kept, now: Date): Promise<readonly Blocker[]> {
  const { service, version } = manifest.metadata;
  const folder = `${root === '' ? '' : `${root}/`}releases/${service}`;
  const listed = await files.files(folder);
  for (const { path } of listed === 'absent' ? [] : listed) {
    const answer = await files.look(path);
    const text = answer.kind === 'file' ? decodeUtf8(answer.bytes) : undefined;
    const read = text === undefined ? undefined : readReleaseManifest(text, path);
    if (read?.kind !== 'ok' || read.value.metadata.version !== version || read.digest === digest) continue;
    return [
      {
        gate: 'release',
        code: 'release-version-taken',
        message: `version ${version} of ${service} is another release already: ${path}`,
        since: now.toISOString(),
        expected: read.digest,
        observed: digest,
        who: ['promoter'],
        fix: 'give the new content a version of its own',
      },
    ];
  }
  return [];
}
