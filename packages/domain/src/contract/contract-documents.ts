import type { Environment } from '../environment/environment.ts';
import type { Digest } from '../evidence/digest.ts';
import type { Profile } from '../profile/profile.ts';
import type { ReleaseManifest } from '../release/release-manifest.ts';
import type { Service } from '../service/service.ts';

/** What a contract is made of. */
export interface ContractDocuments {
  readonly service: Service;
  readonly environment: Environment;
  readonly profile: Profile;
  readonly release: { readonly manifest: ReleaseManifest; readonly digest: Digest };
}

/** Something in the documents that keeps the release from the environment. `pointer` is where the demand stands, in that document. */
export interface ContractFault {
  readonly rule: 'contract-component-missing' | 'contract-parameter-invalid' | 'contract-namespace' | 'contract-schema-version';
  readonly document: 'service' | 'environment' | 'profile';
  readonly pointer: string;
  readonly message: string;
  readonly fix: string;
}
