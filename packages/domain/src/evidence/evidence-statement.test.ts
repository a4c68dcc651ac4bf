import { describe, expect, it } from 'vitest';
import { contextExtension, statementOf } from './evidence-statement.ts';
import type { NewEvidence } from './new-evidence.ts';

const fact: NewEvidence = {
  type: 'approval',
  at: '2026-01-02T03:04:05.678Z',
  service: 'shop',
  subjects: [{ name: 'plan', digest: { sha256: 'ab' } }],
  body: { decision: 'approve', at: 'forged', id: 'forged' },
};

describe('statementOf', () => {
  it('puts the shared fields into our own predicate, whatever the body says', () => {
    const statement = statementOf(fact, 'r-1');

    expect(statement.predicateType).toBe('https://fairlead.dev/attestation/approval/v1');
    expect(statement.predicate).toEqual({ decision: 'approve', id: 'r-1', at: fact.at, service: 'shop' });
  });

  it('keeps a standard predicate as it is and carries the shared fields in an extension', () => {
    const statement = statementOf({ ...fact, type: 'validation', attempt: 2, body: { result: 'PASSED', configuration: [] } }, 'r-2');

    expect(statement.predicateType).toBe('https://in-toto.io/attestation/test-result/v0.1');
    expect(statement.predicate).toEqual({
      result: 'PASSED',
      configuration: [],
      [contextExtension]: { id: 'r-2', at: fact.at, service: 'shop', attempt: 2 },
    });
  });

  it('refuses a fact about nothing, which no other tool would read', () => {
    expect(() => statementOf({ ...fact, subjects: [] }, 'r-3')).toThrow('record speaks of nothing');
  });
});
