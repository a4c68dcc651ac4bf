import { z } from 'zod';
import { unique } from '../document/unique.ts';
import { GitRef } from '../service/git-ref.ts';
import { RepositoryUrl } from '../service/repository-url.ts';
import { IdentityPattern } from './identity-pattern.ts';
import { SignerName } from './trusted-signer.ts';

/** What the SLSA provenance of each image has to say, and who may say it. The commit is always the release's.
 *  `repository`: the release's where none is given; `refs`: the service's `source.refs`. */
export const ProvenanceDemand = z
  .strictObject({
    signers: z.array(SignerName).min(1, 'names nobody').max(50).check(unique('signer')).readonly(),
    builders: z.array(IdentityPattern).min(1, 'names no builder').max(50).check(unique('builder')).readonly(),
    repository: RepositoryUrl.exactOptional(),
    refs: z.array(GitRef).min(1, 'names no ref').max(50).check(unique('ref')).readonly().exactOptional(),
  })
  .readonly();
export type ProvenanceDemand = z.infer<typeof ProvenanceDemand>;
