import { z } from 'zod';
import { apiVersion } from '../document/document-identity.ts';
import { Duration } from '../document/duration.ts';
import { label } from '../document/label.ts';
import { parseDocument, type Parsed, type ReadingMode } from '../document/parse-document.ts';
import { unique } from '../document/unique.ts';
import { Namespace, ObjectName } from '../environment/object-name.ts';
import { ProvenancePolicy, SignaturePolicy } from '../signature/signature-policy.ts';
import { DriftIgnores, DriftMutations } from './drift-exemption.ts';

export const PolicyName = label('policy name').brand<'PolicyName'>();
export type PolicyName = z.infer<typeof PolicyName>;

export const GroupName = label('group name').brand<'GroupName'>();
export type GroupName = z.infer<typeof GroupName>;

/** Severities of drift, the gravest first. */
export const DriftSeverity = z.enum(['image', 'security', 'config', 'replicas', 'metadata']);
export type DriftSeverity = z.infer<typeof DriftSeverity>;

/** `count` people, each in one of `groups`. */
const RequiredApprovals = z
  .strictObject({ count: z.int().min(0).max(20), groups: z.array(GroupName).check(unique('group')).readonly().exactOptional() })
  .readonly();

const Approvals = z
  .strictObject({
    dev: RequiredApprovals.exactOptional(),
    staging: RequiredApprovals.exactOptional(),
    production: RequiredApprovals.exactOptional(),
  })
  .readonly();

const BreakGlass = z
  .strictObject({
    maxDuration: Duration.exactOptional(),
    secondPersonWithin: Duration.exactOptional(),
    reviewWithin: Duration.exactOptional(),
  })
  .readonly();

/** A Secret that a cluster needs before it can reach its store, so that Git may hold it encrypted. */
export const BootstrapSecret = z
  .strictObject({ name: ObjectName, namespace: Namespace.exactOptional(), reason: z.string().min(1) })
  .readonly();
export type BootstrapSecret = z.infer<typeof BootstrapSecret>;

/** What may pass and who may decide. What no document sets is as `builtInPolicy` has it. */
export const Policy = z
  .strictObject({
    apiVersion: z.literal(apiVersion),
    kind: z.literal('Policy'),
    metadata: z.strictObject({ name: PolicyName }).readonly(),
    spec: z
      .strictObject({
        approvals: Approvals.exactOptional(),
        liveObservationMaxAge: Duration.exactOptional(),
        statusMaxAge: Duration.exactOptional(),
        syncTimeout: Duration.exactOptional(),
        validationValidFor: Duration.exactOptional(),
        migrationEvidenceMaxAge: Duration.exactOptional(),
        drift: z
          .strictObject({
            revokeFrom: DriftSeverity.exactOptional(),
            correctWithin: Duration.exactOptional(),
            ignore: DriftIgnores.exactOptional(),
            mutations: DriftMutations.exactOptional(),
          })
          .readonly()
          .exactOptional(),
        secrets: z
          .strictObject({ bootstrap: z.array(BootstrapSecret).readonly().exactOptional() })
          .readonly()
          .exactOptional(),
        exceptions: z.strictObject({ maxDuration: Duration.exactOptional() }).readonly().exactOptional(),
        breakGlass: BreakGlass.exactOptional(),
        signatures: SignaturePolicy.exactOptional(),
        provenance: ProvenancePolicy.exactOptional(),
      })
      .readonly(),
  })
  .readonly();
export type Policy = z.infer<typeof Policy>;

export function readPolicy(text: string, file: string, mode?: ReadingMode): Parsed<Policy> {
  return parseDocument({ kind: 'Policy', schema: Policy }, { text, file }, mode);
}
