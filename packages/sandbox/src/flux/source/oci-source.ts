import { type FileSnapshot } from '@fairlead/renderer';

import { objectAt, textAt, type JsonObject } from '../../json/json.ts';
import { FetchError, type SourceKind } from './source-kind.ts';

/** What stands behind a reference in a registry. */
export interface OciArtifact {
  /** Of the manifest: `sha256:` and 64 digits. */
  readonly digest: string;
  readonly files: FileSnapshot;
  /** Of the manifest; `org.opencontainers.image.revision` becomes the origin revision of what is applied. */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Reads an artifact by `oci://registry/repository`, with a tag or a digest. Undefined: there is none. */
export type PullArtifact = (url: string, reference: string) => Promise<OciArtifact | undefined>;

/** OCI artifacts, as far as somebody provides them. */
export function ociSource(pull: PullArtifact): SourceKind {
  return {
    kind: 'OCIRepository',
    plural: 'ocirepositories',
    failure: 'OCIArtifactPullFailed',
    async look(_context, { object }) {
      const url = textAt(object, 'spec', 'url') ?? '';
      const ref = objectAt(object, 'spec', 'ref');
      const digest = textAt(ref, 'digest');
      const tag = textAt(ref, 'tag') ?? 'latest';
      const artifact = await pull(url, digest ?? tag);
      if (artifact === undefined) throw new FetchError(`failed to determine artifact digest: MANIFEST_UNKNOWN: ${url}:${digest ?? tag}`);
      const metadata: JsonObject | undefined = artifact.annotations;
      return {
        revision: digest === undefined ? `${tag}@${artifact.digest}` : artifact.digest,
        id: artifact.digest.replace('sha256:', ''),
        load: () => Promise.resolve(artifact.files),
        ...(metadata !== undefined && { metadata }),
      };
    },
  };
}
