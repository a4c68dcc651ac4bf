import { describe, expect, it } from 'vitest';
import { readManifestFile } from '../desired-state/manifest-file.ts';
import { toBase64 } from '../evidence/base64.ts';
import { secretLiterals } from './secret-literals.ts';

const base64 = (text: string): string => toBase64(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));

function foundIn(text: string): readonly string[] {
  const read = readManifestFile(text, 'f.yaml');
  if (read.kind === 'unparsable') throw new Error(read.problem.message);
  return read.documents.flatMap(({ leaves }) =>
    secretLiterals(leaves).map(({ name, key, leaf }) => `${name}/${key}:${String(leaf.at.line)}`),
  );
}

const secret = (fields: string): string => `apiVersion: v1\nkind: Secret\nmetadata: { name: db }\n${fields}`;
const enc = `ENC[AES256_GCM,data:Zm9v,iv:${base64('i'.repeat(32))},tag:${base64('t'.repeat(16))},type:str]`;
const sops = `sops:\n  mac: ${enc}\n  lastmodified: '2026-01-01T00:00:00Z'\n  version: 3.9.0\n  age: [{ recipient: age1x, enc: x }]\n`;

describe('a Secret literal', () => {
  it.each([
    ['a short value', secret('data: { p: Zm9v }\n'), ['db/p:4']],
    ['an ordinary word', secret('stringData: { p: changeme }\n'), ['db/p:4']],
    ['a block scalar', secret('stringData:\n  p: |\n    one\n    two\n'), ['db/p:5']],
    [
      'base64 over several lines',
      secret(`data:\n  p: >-\n    ${base64('hunter2hunter2').slice(0, 8)}\n    ${base64('hunter2hunter2').slice(8)}\n`),
      ['db/p:5'],
    ],
    ['what is no base64', secret('data: { p: "not base64!" }\n'), ['db/p:4']],
    ['a number', secret('stringData: { pin: 1234 }\n'), ['db/pin:4']],
    ['a binary tag', secret('data: { p: !!binary Zm9v }\n'), ['db/p:4']],
    ['every value of several', secret('data: { p: Zm9v }\nstringData: { q: x, r: y }\n'), ['db/p:4', 'db/q:5', 'db/r:5']],
    ['both of a name that is given twice', secret('stringData:\n  p: one\n  p: ""\n'), ['db/p:5']],
    ['a value by merge key', `x: &x { p: hunter2 }\n${secret('stringData:\n  <<: *x\n')}`, ['db/p:1']],
    ['JSON', '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"db"},"stringData":{"p":"x"}}', ['db/p:1']],
    ['a second document', `${secret('')}---\n${secret('stringData: { p: x }\n')}`, ['db/p:8']],
    [
      'a List',
      `apiVersion: v1\nkind: List\nitems:\n  - { apiVersion: v1, kind: Secret, metadata: { name: db }, stringData: { p: x } }\n`,
      ['db/p:4'],
    ],
    [
      'a list of Secrets',
      `apiVersion: v1\nkind: SecretList\nitems:\n  - { kind: Secret, metadata: { name: db }, data: { p: Zm9v } }\n`,
      ['db/p:4'],
    ],
    [
      'an object that carries others',
      `kind: Object\nspec:\n  forProvider:\n    manifest: { apiVersion: v1, kind: Secret, metadata: { name: db }, data: { p: Zm9v } }\n`,
      ['db/p:4'],
    ],
    ['a patch without a version', 'kind: Secret\nmetadata: { name: db }\nstringData: { p: x }\n', ['db/p:3']],
    ['a default in a variable', secret('stringData: { p: "${P:=hunter2}" }\n'), ['db/p:4']],
    ['a password beside a placeholder', secret('stringData: { p: "postgres://app:real@${HOST}/db" }\n'), ['db/p:4']],
    ['a short placeholder without its path', secret('stringData: { p: <password> }\n'), ['db/p:4']],
    [
      'a private key',
      secret('stringData:\n  tls.key: |\n    -----BEGIN PRIVATE KEY-----\n    MIIE\n    -----END PRIVATE KEY-----\n'),
      ['db/tls.key:5'],
    ],
    [
      'a private key behind a certificate',
      secret(
        'stringData:\n  pem: |\n    -----BEGIN CERTIFICATE-----\n    MIIE\n    -----END CERTIFICATE-----\n    -----BEGIN PRIVATE KEY-----\n    MIIE\n    -----END PRIVATE KEY-----\n',
      ),
      ['db/pem:5'],
    ],
    [
      'a registry login',
      secret(`type: kubernetes.io/dockerconfigjson\nstringData: { .dockerconfigjson: '{"auths":{"r.example.com":{"auth":"eDp5"}}}' }\n`),
      ['db/.dockerconfigjson:5'],
    ],
    ['one clear value of a SOPS file', secret(`stringData:\n  p: ${enc}\n  q: clear\n${sops}`), ['db/q:6']],
    ['SOPS values without the checksum', secret(`stringData: { p: "${enc}" }\n`), ['db/p:4']],
    [
      'ciphertext of another shape',
      secret(`stringData: { p: "ENC[AES256_GCM,data:Zm9v,iv:Zm9v,tag:Zm9v,type:str]" }\n${sops}`),
      ['db/p:4'],
    ],
    [
      'the secret half of a bootstrap token',
      secret('type: bootstrap.kubernetes.io/token\nstringData: { token-id: abcdef, token-secret: abcdef0123456789 }\n'),
      ['db/token-secret:5'],
    ],
    [
      'the password of an Argo CD repository',
      `${secret('').replace('{ name: db }', '{ name: db, labels: { argocd.argoproj.io/secret-type: repository } }')}stringData: { type: git, url: https://git.example.com/x, password: x }\n`,
      ['db/password:4'],
    ],
    [
      'an Argo CD repository address with a password',
      `${secret('').replace('{ name: db }', '{ name: db, labels: { argocd.argoproj.io/secret-type: repository } }')}stringData: { url: https://u:p@git.example.com/x }\n`,
      ['db/url:4'],
    ],
  ])('is %s', (_, text, found) => {
    expect(foundIn(text)).toEqual(found);
  });

  it.each([
    ['a Secret without data', secret('')],
    ['empty values', secret('data: { p: "", q: }\nstringData: { r: "  " }\n')],
    ['a service account token that the API fills', secret('type: kubernetes.io/service-account-token\n')],
    ['a path in a store', secret('stringData: { p: "<path:kv/data/db#password>", q: "<path:kv/data/db#password#3 | base64encode>" }\n')],
    [
      'a short placeholder with its path',
      secret('stringData: { p: <password> }\n').replace('{ name: db }', '{ name: db, annotations: { avp.kubernetes.io/path: kv/db } }'),
    ],
    ['a placeholder in base64', secret(`data: { p: ${base64('<path:kv/data/db#password>')} }\n`)],
    ['a variable', secret('data: { p: "${DB_PASSWORD}", q: "$(DB_PASSWORD)", r: "${DB_PASSWORD:-}" }\n')],
    ['a template', secret('stringData: { p: "{{ .Values.password }}" }\n')],
    ['a URL whose password is a variable', secret('stringData: { url: "postgres://${USER}:${PASSWORD}@db:5432/app" }\n')],
    ['a reference', secret('stringData: { p: ref+vault://kv/db#/password, q: vault:secret/data/db#p, r: op://vault/item/field }\n')],
    ['a SOPS file', secret(`data: { p: "${enc}" }\nstringData: { q: "${enc}", r: "" }\n${sops}`)],
    ['a SOPS file in base64', secret(`data: { p: ${base64(`a: ${enc}\n${sops}`)} }\n`)],
    ['a certificate', secret('stringData:\n  ca.crt: |\n    -----BEGIN CERTIFICATE-----\n    MIIE\n    -----END CERTIFICATE-----\n')],
    ['known hosts', secret('stringData: { known_hosts: "git.example.com ssh-ed25519 AAAAC3Nz" }\n')],
    ['a registry login that signs in nowhere', secret(`stringData: { .dockerconfigjson: '{"auths":{}}' }\n`)],
    [
      'the public half of a bootstrap token',
      secret('type: bootstrap.kubernetes.io/token\nstringData: { token-id: abcdef, usage-bootstrap-signing: "true" }\n'),
    ],
    [
      'an Argo CD repository without a password',
      `${secret('').replace('{ name: db }', '{ name: db, labels: { argocd.argoproj.io/secret-type: repository } }')}stringData: { type: git, url: https://git.example.com/x }\n`,
    ],
    [
      'an ExternalSecret',
      'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nspec: { data: [{ secretKey: p, remoteRef: { key: kv/db } }] }\n',
    ],
    ['a reference to a Secret', 'kind: X\nspec: { source: { kind: Secret, name: db, data: { p: x } } }\n'],
    [
      'the schema of a kind',
      'kind: CustomResourceDefinition\nspec: { properties: { kind: { enum: [Secret] }, data: { type: object } } }\n',
    ],
    ['a ConfigMap', 'apiVersion: v1\nkind: ConfigMap\ndata: { mode: on }\n'],
  ])('is not %s', (_, text) => {
    expect(foundIn(text)).toEqual([]);
  });
});
