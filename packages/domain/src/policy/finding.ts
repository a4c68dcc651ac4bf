import { z } from 'zod';
import { ObjectRef, objectKey } from '../desired-state/object-ref.ts';
import { Digest, digestOf } from '../evidence/digest.ts';
import { FindingSeverity, Rule, rules } from './rule.ts';

/** One thing that may not pass. `pointer` is a JSON pointer in its document, `environment` is absent where several read the file.
 *  `fingerprint` names it whatever the lines around it; a secret's value is in none of its parts. `excepted` says by what it is excused,
 *  `baseline` that it was there before anybody looked. */
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
    baseline: z.literal(true).exactOptional(),
  })
  .readonly();
export type Finding = z.infer<typeof Finding>;

/** `severity` where it is another than its rule's. */
export type FoundFault = Omit<Finding, 'fingerprint' | 'severity' | 'excepted' | 'baseline'> &
  Partial<Pick<Finding, 'severity'>> & {
    /** Of a secret's value, with a key: another value is another finding. It is shown nowhere. */
    readonly valueDigest?: Digest;
  };

export function findingOf({ valueDigest, ...fault }: FoundFault): Finding {
  const { rule, environment, object } = fault;
  const file = wellFormed(fault.file);
  const pointer = wellFormed(fault.pointer);
  const message = wellFormed(fault.message);
  const found = { ...fault, file, pointer, message, fix: wellFormed(fault.fix) };
  const identity = {
    rule,
    file,
    pointer,
    message,
    ...(environment === undefined ? {} : { environment: wellFormed(environment) }),
    ...(object === undefined ? {} : { object: wellFormed(objectKey(object)) }),
    ...(valueDigest === undefined ? {} : { valueDigest }),
  };
  return { severity: rules[rule].severity, ...found, fingerprint: digestOf(identity) };
}

/** Half of a character has no UTF-8: an escape in a file's text can make one, and it must not take the report down. */
function wellFormed(text: string): string {
  return text.replaceAll(/\p{Cs}/gu, '\uFFFD');
}

/** Whether it counts. One that is excused or of before is shown, and stops nobody. */
export function stands({ excepted, baseline }: Finding): boolean {
  return excepted === undefined && baseline === undefined;
}
