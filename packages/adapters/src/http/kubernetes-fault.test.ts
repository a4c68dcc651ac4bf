import { ApiException } from '@kubernetes/client-node';
import { expect, it } from 'vitest';
import { kubernetesFault, kubernetesStatus } from './kubernetes-fault.ts';

const headers = { 'set-cookie': 'session=abc', authorization: 'Bearer abcdefghijkl' };
const answered = (code: number, message: string): Error =>
  new ApiException(code, 'Unknown API Status Code!', JSON.stringify({ message }), headers);

it.each([
  [answered(401, 'Unauthorized'), 'kubernetes-unauthenticated', false],
  [answered(403, 'pods is forbidden: User "x" cannot list'), 'kubernetes-forbidden', false],
  [answered(404, 'not found'), 'kubernetes-not-found', false],
  [answered(409, 'the object has been modified'), 'kubernetes-conflict', true],
  [answered(418, 'teapot'), 'kubernetes-refused', false],
  [answered(422, 'invalid'), 'kubernetes-invalid', false],
  [answered(429, 'too many requests'), 'kubernetes-busy', true],
  [answered(503, 'unavailable'), 'kubernetes-failed', true],
  [new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) }), 'kubernetes-unreachable', true],
  [new DOMException('The operation was aborted due to timeout', 'TimeoutError'), 'kubernetes-unreachable', true],
  ['what', 'kubernetes-unreachable', true],
])('maps %s to %s', (cause, code, retryable) => {
  const fault = kubernetesFault(cause, 'listing pods');

  expect([fault.code, fault.retryable, fault.provider]).toEqual([code, retryable, 'kubernetes']);
  expect(fault.message).toMatch(/^listing pods: /);
  expect(fault.hint).toBeDefined();
});

it("names the server's reason, and neither headers nor credentials", () => {
  const fault = kubernetesFault(answered(403, 'user holds Bearer abcdefghijkl and https://a:b@host/'), 'listing pods');

  expect(fault.message).toBe('listing pods: 403 user holds Bearer [redacted] and https://[redacted]@host/');
  expect(fault.cause).toBeUndefined();
});

it.each([
  [new ApiException(500, 'x', '<html>', headers), 'listing pods: 500'],
  [new ApiException(500, 'x', { message: 'etcd is slow' }, headers), 'listing pods: 500 etcd is slow'],
  [new ApiException(500, 'x', undefined, headers), 'listing pods: 500'],
])('copes with any body', (cause, message) => {
  expect(kubernetesFault(cause, 'listing pods').message).toBe(message);
});

it('reads the status of a watch that was refused', () => {
  expect(kubernetesStatus(Object.assign(new Error('Gone'), { statusCode: 410 }))).toBe(410);
  expect(kubernetesStatus(new Error('socket hang up'))).toBeUndefined();
});
