import { InvalidError } from '../errors.ts';
import type { JsonObject } from '../document/json.ts';
import type { EvidenceType } from './evidence-type.ts';
import type { Statement } from './in-toto-statement.ts';
import type { NewEvidence } from './new-evidence.ts';

const ours = (type: EvidenceType): string => `https://fairlead.dev/attestation/${type}/v1`;

/** Types for which others have settled a predicate that says the same. */
const standardPredicate: Partial<Readonly<Record<EvidenceType, string>>> = {
  validation: 'https://in-toto.io/attestation/test-result/v0.1',
  readiness: 'https://slsa.dev/verification_summary/v1',
};

/** Where a standard predicate carries the fields that all of our records share: an extension has a URI for its name. */
export const contextExtension = 'https://fairlead.dev/attestation/context/v1';

export function predicateTypeOf(type: EvidenceType): string {
  return standardPredicate[type] ?? ours(type);
}

/** The statement that is signed for a fact. Our predicates begin with the shared fields; a field of the body can't replace one of them. */
export function statementOf(evidence: NewEvidence, id: string): Statement {
  if (evidence.subjects.length === 0)
    throw new InvalidError('record-without-subject', `${evidence.type} record speaks of nothing: it has no subject`);
  const context = contextOf(evidence, id);
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: evidence.subjects,
    predicateType: predicateTypeOf(evidence.type),
    predicate: evidence.type in standardPredicate ? { ...evidence.body, [contextExtension]: context } : { ...evidence.body, ...context },
  };
}

function contextOf({ at, actor, service, ...evidence }: NewEvidence, id: string): JsonObject {
  const { environment, release, promotion, revision, attempt, policy } = evidence;
  return {
    id,
    at,
    ...(actor === undefined ? {} : { actor }),
    service,
    ...(environment === undefined ? {} : { environment }),
    ...(release === undefined ? {} : { release }),
    ...(promotion === undefined ? {} : { promotion }),
    ...(revision === undefined ? {} : { revision }),
    ...(attempt === undefined ? {} : { attempt }),
    ...(policy === undefined ? {} : { policy }),
  };
}
