import { expect, it } from 'vitest';
import { isSecretInClear } from './secret-in-clear.ts';

it.each([
  ['DB_PASSWORD', 'hunter2'],
  ['db.password', 'hunter2'],
  ['apiToken', 'x1y2'],
  ['AWS_SECRET_ACCESS_KEY', 'wJalrXUtnFEMI'],
  ['pass-phrase-token', 'x y'],
  ['url', 'postgres://app:hunter2@db/app'],
  ['id', 'AKIAIOSFODNN7EXAMPLE'],
  ['a', '-----BEGIN EC PRIVATE KEY-----\nMIIE\n-----END EC PRIVATE KEY-----'],
  ['a', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U'],
  ['a', 'Authorization: Bearer abcdefghijklmnop'],
  ['args', '--db-password=hunter2'],
  ['application.yaml', 'db:\n  password: hunter2\n'],
  ['config.json', '{"token": "x1y2z3"}'],
  ['a', 'hT7dk2LpQ9xVb4RzW8sNc3Ya'],
])('hides %s: %s', (name, text) => {
  expect(isSecretInClear(name, text)).toBe(true);
});

it.each([
  ['DB_PASSWORD', ''],
  ['DB_PASSWORD', '${DB_PASSWORD}'],
  ['passwordFile', '/run/secrets/db'],
  ['TOKEN_PATH', '/var/run/token'],
  ['TOKEN_URL', 'https://id.example.com/token'],
  ['automountServiceAccountToken', 'false'],
  ['secretName', 'api-tls'],
  ['publicKey', 'short'],
  ['sortKey', 'name'],
  ['author', 'alice'],
  ['image', 'registry.example.com/web@sha256:c4719afa76fa448b5eca99e6736885846501d17956f2fcb2de5c916d723f3a87'],
  ['uid', '62d4115d-7745-44db-b028-e6d82cc1938b'],
  ['url', 'https://db.example.com:5432/app'],
  ['mode', 'a-long-name-of-several-words-in-a-row'],
  ['a', '-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----'],
])('shows %s: %s', (name, text) => {
  expect(isSecretInClear(name, text)).toBe(false);
});
