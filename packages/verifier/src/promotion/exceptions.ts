import type { ProvenRecord } from '../bundle/opened-bundle.ts';
import { textAt, textsAt, timeAt } from '../json/fields.ts';

/** What an exception excuses, and when. */
export interface GrantedException {
  readonly digest: string;
  readonly id: string;
  readonly drift: ReadonlySet<string>;
  readonly notBefore: string;
  readonly expiresAt: string;
}

type Fact = Pick<ProvenRecord, 'type' | 'at' | 'body' | 'digest'>;

/** The exceptions that hold as of a time: begun, not over, approved by somebody else than who asked, and revoked by nothing until then. */
export function exceptionsInForce(facts: readonly Fact[], asOf: string): readonly GrantedException[] {
  const revoked = new Set(
    facts.filter(({ type, at }) => type === 'revocation' && at <= asOf).flatMap((fact) => read(() => textAt(fact.body, 'exception')) ?? []),
  );
  return facts
    .filter(({ type }) => type === 'exception')
    .flatMap((fact) => read(() => grantedBy(fact)) ?? [])
    .filter(({ id, notBefore, expiresAt }) => !revoked.has(id) && notBefore <= asOf && asOf < expiresAt);
}

function grantedBy({ body, digest }: Fact): GrantedException | undefined {
  const requestedBy = textAt(body, 'requestedBy');
  if (!textsAt(body, 'approvedBy').some((approver) => approver !== requestedBy)) return undefined;
  return {
    digest,
    id: textAt(body, 'exception'),
    drift: new Set(textsAt(body, 'drift')),
    notBefore: timeAt(body, 'notBefore'),
    expiresAt: timeAt(body, 'expiresAt'),
  };
}

/** A record that isn't in its type's shape says nothing. */
function read<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
