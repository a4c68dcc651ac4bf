import { z } from 'zod';
import { ObjectRef, objectKey } from '../desired-state/object-ref.ts';
import { Digest, digestOf } from '../evidence/digest.ts';

/** What `check` judges; each has a stable name. */
export const Rule = z.enum([
  'document-unparsable',
  'document-invalid',
  'release-ref-invalid',
  'release-unknown',
  'release-digest-mismatch',
  'image-not-pinned',
  'image-not-in-release',
  'image-ambiguous',
  'render-failed',
  'remote-base',
  'S01',
]);
export type Rule = z.infer<typeof Rule>;

export const FindingSeverity = z.enum(['error', 'warning', 'info']);
export type FindingSeverity = z.infer<typeof FindingSeverity>;

/** One thing that may not pass. `pointer` is a JSON pointer in its document, `environment` is absent where several read the file.
 *  `fingerprint` names it whatever the lines around it; a secret's value is in none of its parts. */
export const Finding = z
  .object({
    rule: Rule,
    severity: FindingSeverity,
    environment: z.string().exactOptional(),
    message: z.string(),
    fix: z.string(),
    file: z.string(),
    line: z.int().min(1),
    column: z.int().min(1),
    pointer: z.string(),
    object: ObjectRef.exactOptional(),
    fingerprint: Digest,
    excepted: z.string().exactOptional(),
  })
  .readonly();
export type Finding = z.infer<typeof Finding>;

export type FoundFault = Omit<Finding, 'fingerprint' | 'severity' | 'excepted'>;

export function findingOf(fault: FoundFault): Finding {
  const { rule, environment, file, pointer, object, message } = fault;
  const identity = {
    rule,
    file,
    pointer,
    message,
    ...(environment === undefined ? {} : { environment }),
    ...(object === undefined ? {} : { object: objectKey(object) }),
  };
  return { ...fault, severity: 'error', fingerprint: digestOf(identity) };
}
