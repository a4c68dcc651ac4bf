import type { JsonObject, NewEvidence } from '@fairlead/domain';
import { environment, person, time } from './story.ts';

const driftId = `d-${'0'.repeat(31)}1`;

/** A difference that counts. */
export function difference(id: string = driftId): JsonObject {
  const object = { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'api' };
  return { id, class: 'changed', severity: 'config', object, path: '/spec/template/spec/containers/[name=api]/env' };
}

interface Granted {
  readonly id?: string;
  readonly drift?: readonly string[];
  readonly approvedBy?: readonly string[];
  readonly notBefore?: string;
  readonly expiresAt?: string;
}

/** An exception of the environment, of no promotion. */
export function exception({
  id = 'x-1',
  drift = [driftId],
  approvedBy = ['local:ada'],
  notBefore = time(0),
  expiresAt = time(59),
}: Granted = {}): NewEvidence {
  const body = {
    exception: id,
    drift: [...drift],
    reason: 'until the vendor fixes it',
    requestedBy: 'local:rae',
    approvedBy: [...approvedBy],
    notBefore,
    expiresAt,
  };
  return {
    type: 'exception',
    at: time(16),
    actor: person('ada'),
    service: 'shop',
    environment,
    subjects: [{ name: id, digest: { sha256: '0'.repeat(64) } }],
    body,
  };
}

export function revocation(at: string, id = 'x-1'): NewEvidence {
  return { ...exception(), type: 'revocation', at, body: { exception: id, reason: 'fixed' } };
}
