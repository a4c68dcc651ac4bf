export type { Credential, FindCredential } from './credential.ts';
export { dockerCredentials } from './docker-credentials.ts';
export { ociRegistry } from './oci-registry.ts';
export type { OciRegistryOptions, RegistryMirror, RegistrySettings, RetryLimits } from './options.ts';
