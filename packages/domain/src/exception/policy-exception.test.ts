import { describe, expect, it } from 'vitest';
import { exceptionStatus, PolicyException } from './policy-exception.ts';

const base = PolicyException.parse({
  id: `x-${'0'.repeat(26)}`,
  environment: 'shop/staging',
  drift: [`d-${'a'.repeat(32)}`],
  reason: 'debugging',
  requestedBy: 'local:ada',
  requestedAt: '2026-01-01T10:00:00.000Z',
  approvals: [{ by: 'local:bob', at: '2026-01-01T10:05:00.000Z' }],
  notBefore: '2026-01-01T11:00:00.000Z',
  expiresAt: '2026-01-01T12:00:00.000Z',
  records: [`sha256:${'0'.repeat(64)}`],
});

describe('exceptionStatus', () => {
  it.each([
    ['scheduled', '2026-01-01T10:59:59.999Z', {}],
    ['in-force', '2026-01-01T11:00:00.000Z', {}],
    ['expired', '2026-01-01T12:00:00.000Z', {}],
    ['requested', '2026-01-01T11:30:00.000Z', { approvals: [] }],
    ['requested', '2026-01-01T11:30:00.000Z', { approvals: [{ by: base.requestedBy, at: '2026-01-01T10:05:00.000Z' }] }],
    ['revoked', '2026-01-01T11:30:00.000Z', { revoked: { by: base.requestedBy, at: '2026-01-01T11:15:00.000Z', reason: 'done' } }],
  ])('is %s at %s', (status, at, change) => {
    expect(exceptionStatus({ ...base, ...change }, new Date(at))).toBe(status);
  });
});
