import type { SecretRule } from '@fairlead/domain';

const change = 'change the value: Git keeps it for ever';

/** What to do about a finding, by its rule. */
export const secretFixes: Readonly<Record<SecretRule, string>> = {
  S01: `reference it by an ExternalSecret or encrypt it with SOPS, and ${change}`,
  S02: `encrypt the field too (encrypted_regex in .sops.yaml, or no _unencrypted suffix), and ${change}`,
  S03: `encrypt it anew with sops, and ${change} if it was typed by hand`,
  S04: `seal it with kubeseal, delete what stands beside the seal, and ${change}`,
  S05: `give the store a reference (secretRef, secretKeyRef) in place of the value, and ${change}`,
  S06: 'delete the key, make a new one where it is used, and keep that outside of Git',
  S07: 'delete the login, revoke it at its server, and let the program get one when it runs',
  S08: 'delete the token and revoke it in the cluster',
  S09: `take the password from a Secret (secretKeyRef) and ${change}`,
  S10: `take it from a Secret (valueFrom.secretKeyRef, envFrom) and ${change}`,
  S11: `move it to a Secret that an ExternalSecret makes or SOPS encrypts, and ${change}`,
  S12: `name an existing Secret in place of the value, or encrypt the file with SOPS, and ${change}`,
  S13: `generate the Secret from a file that SOPS encrypts, or reference it by an ExternalSecret, and ${change}`,
  S14: 'delete the token and revoke it at its provider',
  S15: `take it from a Secret (postBuild.substituteFrom), without a default, and ${change}`,
  S16: 'write it as the controller of this environment can read it: an ExternalSecret works with each',
  S17: `delete it and ${change}`,
  S18: 'keep the key in the cluster or in a key service alone, make a new one, and encrypt everything anew',
  S19: 'leave the workload in clear and encrypt only a Secret that it refers to',
  S20: 'encrypt it anew for this environment, with recipients of its own',
};
