import { z } from 'zod';
import { CommitSha } from '../desired-state/commit-sha.ts';
import { apiVersion } from '../document/document-identity.ts';
import { FreeMap } from '../document/free-form.ts';
import { RepoPath } from '../document/repo-path.ts';
import { EnvironmentId } from '../environment/environment-id.ts';
import { Inputs } from '../environment/environment.ts';
import { Namespace } from '../environment/object-name.ts';
import { Tier } from '../environment/tier.ts';
import { Digest, digestOf } from '../evidence/digest.ts';
import { ProfileName } from '../profile/profile-name.ts';
import { ProfileConstraint, ProvidedSecret, ReplicaBounds, SecretStore } from '../profile/profile.ts';
import { ImageRef } from '../release/image-ref.ts';
import { SchemaId, SeedId } from '../release/schema-id.ts';
import { Version } from '../release/version.ts';
import { ComponentName } from '../service/component-name.ts';
import { KindName } from '../service/kind-name.ts';

const ContractComponent = z
  .object({ name: ComponentName, required: z.boolean(), image: ImageRef, replicas: ReplicaBounds.exactOptional() })
  .readonly();

/** A profile for one environment and one release, in plain values: what an environment with this release has to be. Lists are sorted, so that
 *  the same documents give the same bytes. `namespaces`, `secretStores` and `clusterScoped` that are absent are not limited. */
export const ProfileContract = z
  .object({
    apiVersion: z.literal(apiVersion),
    kind: z.literal('ProfileContract'),
    environment: z.object({ id: EnvironmentId, tier: Tier, path: RepoPath, inputs: Inputs }).readonly(),
    profile: ProfileName,
    release: z.object({ digest: Digest, version: Version, commit: CommitSha }).readonly(),
    components: z.array(ContractComponent).readonly(),
    parameters: FreeMap,
    namespaces: z.array(Namespace).readonly().exactOptional(),
    secretStores: z.array(SecretStore).readonly().exactOptional(),
    providedSecrets: z.array(ProvidedSecret).readonly(),
    clusterScoped: z.array(KindName).readonly().exactOptional(),
    thirdPartyImages: z.array(ImageRef).readonly(),
    schema: z
      .object({ id: SchemaId.exactOptional(), min: SchemaId.exactOptional(), max: SchemaId.exactOptional() })
      .readonly()
      .exactOptional(),
    seeds: SeedId.exactOptional(),
    constraints: z.array(ProfileConstraint).readonly(),
  })
  .readonly();
export type ProfileContract = z.infer<typeof ProfileContract>;

export function contractDigest(contract: ProfileContract): Digest {
  return digestOf(contract);
}
