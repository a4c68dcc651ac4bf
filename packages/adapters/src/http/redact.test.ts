import { expect, it } from 'vitest';
import { redact } from './redact.ts';

it.each([
  ['cloning https://robot:s3cr3t@git.example.com/app.git failed', 'cloning https://[redacted]@git.example.com/app.git failed'],
  ['cloning https://ghp_abcdef@git.example.com/app.git failed', 'cloning https://[redacted]@git.example.com/app.git failed'],
  ['Authorization: Bearer abc.def-123456', 'Authorization: Bearer [redacted]'],
  ['token eyJhbGciOi.eyJzdWIi.c2ln is not valid', 'token [redacted] is not valid'],
  ['GET /hook?access_token=abcdef&page=2', 'GET /hook?access_token=[redacted]&page=2'],
  ['{"password": "hunter2", "user": "x"}', '{"password": "[redacted]", "user": "x"}'],
])('takes the credential out of %j', (text, without) => {
  expect(redact(text)).toBe(without);
});

it.each([
  'one or more objects failed to apply, reason: namespaces "ns-a" not found',
  'waiting for completion of hook batch/Job/pre',
  'registry.example.com/web@sha256:c4719afa76fa448b5eca99e6736885846501d17956f2fcb2de5c916d723f3a87',
])('leaves %j as it is', (text) => {
  expect(redact(text)).toBe(text);
});
