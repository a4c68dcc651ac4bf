import { describe, expect, it } from 'vitest';
import { nextExceptionTurn } from './next-exception-turn.ts';
import { ExceptionId, PolicyException } from './policy-exception.ts';

const now = new Date('2026-11-23T12:00:00.000Z');
const approvals = [{ by: 'local:ada', at: '2026-11-23T10:00:00.000Z' }];

function exception(fields: Readonly<Record<string, unknown>>): PolicyException {
  return PolicyException.parse({
    id: ExceptionId.parse('x-01jzzzzzzzzzzzzzzzzzzzzzzz'),
    environment: 'shop/prod',
    drift: [`d-${'0'.repeat(32)}`],
    reason: 'until it is fixed',
    requestedBy: 'local:rae',
    requestedAt: '2026-11-23T10:00:00.000Z',
    approvals,
    notBefore: '2026-11-23T11:00:00.000Z',
    expiresAt: '2026-11-23T13:00:00.000Z',
    records: [`sha256:${'0'.repeat(64)}`],
    ...fields,
  });
}

describe('nextExceptionTurn', () => {
  it('is the end of the one in force that ends first', () => {
    const turn = nextExceptionTurn([exception({}), exception({ expiresAt: '2026-11-23T12:30:00.000Z' })], now);

    expect(turn?.toISOString()).toBe('2026-11-23T12:30:00.000Z');
  });

  it('is the beginning of one that is approved and has not begun', () => {
    const turn = nextExceptionTurn([exception({}), exception({ notBefore: '2026-11-23T12:10:00.000Z' })], now);

    expect(turn?.toISOString()).toBe('2026-11-23T12:10:00.000Z');
  });

  it.each([
    ['asked for', { approvals: [] }],
    ['expired', { expiresAt: '2026-11-23T12:00:00.000Z' }],
    ['revoked', { revoked: { by: 'local:ada', at: '2026-11-23T11:30:00.000Z', reason: 'fixed' } }],
  ])('is never for one that is only %s', (_what, fields) => {
    expect(nextExceptionTurn([exception(fields)], now)).toBeUndefined();
  });
});
