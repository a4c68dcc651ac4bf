import { z } from 'zod';
import { label } from '../document/label.ts';
import { RepoPath } from '../document/repo-path.ts';
import { Digest } from '../evidence/digest.ts';

const ArtifactUri = z
  .string()
  .regex(/^(?:oci|https):\/\/[^\s@]+(?:@sha256:[0-9a-f]{64})?$/, 'expected an oci:// or https:// address without credentials')
  .brand<'ArtifactUri'>();

/** Something that belongs to a release beside its images: a folder at `source.commit` (`path`) or a thing elsewhere (`uri`), with its digest. */
export const ReleaseArtifact = z
  .strictObject({
    name: label('artifact name'),
    type: z.enum(['kustomize-base', 'helm-chart', 'package', 'sbom', 'provenance', 'scan-result']),
    path: RepoPath.exactOptional(),
    uri: ArtifactUri.exactOptional(),
    digest: Digest,
    mediaType: z
      .string()
      .regex(/^[\w.+-]+\/[\w.+-]+$/, 'expected a media type such as application/vnd.cyclonedx+json')
      .exactOptional(),
  })
  .superRefine(({ name, path, uri, digest }, context) => {
    if ((path === undefined) === (uri === undefined)) {
      context.addIssue({ code: 'custom', message: `artifact ${JSON.stringify(name)} needs exactly one of path and uri` });
    }
    const pinned = uri?.split('@')[1];
    if (pinned !== undefined && pinned !== digest) {
      context.addIssue({
        code: 'custom',
        message: `artifact ${JSON.stringify(name)} is pinned as ${pinned} but its digest is ${digest}`,
        path: ['digest'],
      });
    }
  })
  .readonly();
export type ReleaseArtifact = z.infer<typeof ReleaseArtifact>;
