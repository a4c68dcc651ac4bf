import { z } from 'zod';

export const FindingSeverity = z.enum(['error', 'warning', 'info']);
export type FindingSeverity = z.infer<typeof FindingSeverity>;

/** What a rule is, before it judged anything. Why it is, an example and the fix stand in `docs/rules/<id>.md`. */
export interface RuleDefinition {
  readonly severity: FindingSeverity;
  /** What it demands, as a sentence without a full stop. */
  readonly demands: string;
}

/** What `check` judges; each has a stable name. */
export const rules = {
  'document-unparsable': { severity: 'error', demands: 'a file that environments are made of can be parsed' },
  'document-invalid': { severity: 'error', demands: 'a document of Fairlead holds what its schema says' },
  'release-ref-invalid': { severity: 'error', demands: 'a release reference names exactly one release' },
  'release-unknown': { severity: 'error', demands: 'the manifest of a referenced release is there' },
  'release-digest-mismatch': { severity: 'error', demands: 'a manifest has the digest by which it is named' },
  'release-source': { severity: 'error', demands: 'a release comes from a protected ref of the declared repository' },
  'manifest-signature': { severity: 'error', demands: 'a release manifest is signed by whom the policy names' },
  'image-signature': { severity: 'error', demands: 'an image is signed by whom the policy names' },
  'image-provenance': {
    severity: 'error',
    demands: 'an image was built from the source of the release, by a builder that the policy names',
  },
  'image-not-pinned': { severity: 'error', demands: 'an image is fixed by its digest' },
  'image-not-in-release': { severity: 'error', demands: 'an image is the one of the release' },
  'image-ambiguous': { severity: 'error', demands: 'one entry decides on an image' },
  'render-failed': { severity: 'error', demands: 'an environment renders offline' },
  'remote-base': { severity: 'error', demands: 'everything that is rendered lies in the repository' },
  'contract-component-missing': { severity: 'error', demands: 'a release has every component that the service and the profile require' },
  'contract-parameter-invalid': { severity: 'error', demands: 'parameters are as the schema of the profile says' },
  'contract-namespace': { severity: 'error', demands: 'everything is in a namespace that the profile allows' },
  'contract-constraint': { severity: 'error', demands: 'the constraints of the profile hold' },
  'contract-replicas': { severity: 'error', demands: 'a component has as many replicas as the profile takes' },
  'contract-secret-store': { severity: 'error', demands: 'external secrets come from stores of the profile' },
  'contract-schema-version': { severity: 'error', demands: 'a release expects a database schema that the profile takes' },
  'api-deprecated': { severity: 'warning', demands: 'objects are written for API versions that stay' },
  'api-removed': { severity: 'error', demands: 'objects are written for API versions that clusters serve' },
  'cluster-scoped-not-listed': { severity: 'error', demands: 'objects of the whole cluster are of kinds that the service lists' },
  'exception-expired': { severity: 'warning', demands: 'an exception is removed when it ends' },
  'inputs-not-pinned': { severity: 'error', demands: 'an environment with pinned inputs reads nothing outside of its folder' },
  'migration-hidden': { severity: 'error', demands: 'no migration hides in a sync' },
  'object-duplicate': { severity: 'error', demands: 'an object is rendered once' },
  'secret-producer-missing': { severity: 'error', demands: 'something makes every Secret that is needed' },
  'od-003': { severity: 'error', demands: 'secrets come from Vault by ExternalSecrets' },
  'od-004': { severity: 'error', demands: 'nothing but a promotion changes images' },
  'od-005': { severity: 'error', demands: 'no other controller delivers step by step' },
  S01: { severity: 'error', demands: 'no Secret holds a value in clear' },
  S02: { severity: 'error', demands: 'an encrypted file leaves nothing in clear' },
  S03: { severity: 'error', demands: 'what looks like SOPS ciphertext is some' },
  S04: { severity: 'error', demands: 'a sealed object holds nothing beside its seal' },
  S05: { severity: 'error', demands: 'a secret store is named, not filled' },
  S06: { severity: 'error', demands: 'no private key stands in Git' },
  S07: { severity: 'error', demands: 'no login file stands in Git' },
  S08: { severity: 'error', demands: 'no token of a cluster stands in Git' },
  S09: { severity: 'error', demands: 'no address or connection string holds a password' },
  S10: { severity: 'error', demands: 'no container gets a secret in clear' },
  S11: { severity: 'error', demands: 'no ConfigMap holds a secret' },
  S12: { severity: 'error', demands: 'no values or settings hold a secret' },
  S13: { severity: 'error', demands: 'no generator or patch makes a Secret of clear text' },
  S14: { severity: 'error', demands: 'no token of a provider stands in Git' },
  S15: { severity: 'error', demands: 'no substitution holds a secret' },
  S16: { severity: 'warning', demands: 'secrets are written as their controller can read them' },
  S17: { severity: 'error', demands: 'no comment and no earlier commit holds a secret' },
  S18: { severity: 'error', demands: 'what decrypts the secrets is kept elsewhere' },
  S19: { severity: 'warning', demands: 'what runs can be read' },
  S20: { severity: 'warning', demands: 'each environment has ciphertext of its own' },
} as const satisfies Readonly<Record<string, RuleDefinition>>;

export type Rule = keyof typeof rules;

export const Rule = z.enum(ruleNames());

function ruleNames(): readonly [Rule, ...Rule[]] {
  const [first, ...others] = Object.keys(rules).filter(isRule);
  if (first === undefined) throw new Error('there are no rules');
  return [first, ...others];
}

export function isRule(name: string): name is Rule {
  return Object.hasOwn(rules, name);
}
