import { z } from 'zod';
import { apiVersion } from '../document/document-identity.ts';
import { label } from '../document/label.ts';
import { parseDocument, type Parsed, type ReadingMode } from '../document/parse-document.ts';
import { RepoPath } from '../document/repo-path.ts';
import { Timestamp } from '../document/timestamp.ts';
import { unique } from '../document/unique.ts';
import { EnvironmentName } from '../environment/environment-name.ts';
import { Namespace, ObjectName } from '../environment/object-name.ts';
import { Rule } from '../policy/rule.ts';

const person = z.string().min(1).max(200);

const ExceptedObject = z.strictObject({ kind: z.string().min(1), namespace: Namespace.exactOptional(), name: ObjectName }).readonly();

/** What is excused: all that is given has to fit. `file` is from the service root. */
const ExceptionTarget = z
  .strictObject({
    environment: EnvironmentName.exactOptional(),
    file: RepoPath.exactOptional(),
    object: ExceptedObject.exactOptional(),
  })
  .refine((target) => Object.keys(target).length > 0, 'give an environment, a file or an object: nothing is excused everywhere')
  .readonly();

/** A waiver of named rules for named targets, which ends. It lies in Git, so that whoever may merge to the protected branch approves it;
 *  `approvedBy` says who that was, and is somebody else than who asked. */
export const PolicyExceptionDocument = z
  .strictObject({
    apiVersion: z.literal(apiVersion),
    kind: z.literal('PolicyException'),
    metadata: z.strictObject({ name: label('exception name') }).readonly(),
    spec: z
      .strictObject({
        rules: z.array(Rule).min(1).check(unique('rule')).readonly(),
        targets: z.array(ExceptionTarget).min(1).readonly(),
        reason: z.string().min(10),
        ticket: z.string().min(1).exactOptional(),
        requestedBy: person,
        approvedBy: z.array(person).min(1).check(unique('approver')).readonly(),
        notBefore: Timestamp,
        expiresAt: Timestamp,
      })
      .readonly(),
  })
  .superRefine(({ spec }, context) => {
    const own = spec.approvedBy.indexOf(spec.requestedBy);
    if (own >= 0) {
      const message = `${JSON.stringify(spec.requestedBy)} asked for it, so somebody else has to approve it`;
      context.addIssue({ code: 'custom', message, path: ['spec', 'approvedBy', own] });
    }
    if (Date.parse(spec.expiresAt) <= Date.parse(spec.notBefore)) {
      context.addIssue({ code: 'custom', message: 'expiresAt is not after notBefore', path: ['spec', 'expiresAt'] });
    }
  })
  .readonly();
export type PolicyExceptionDocument = z.infer<typeof PolicyExceptionDocument>;

export function readPolicyException(text: string, file: string, mode?: ReadingMode): Parsed<PolicyExceptionDocument> {
  return parseDocument({ kind: 'PolicyException', schema: PolicyExceptionDocument }, { text, file }, mode);
}
