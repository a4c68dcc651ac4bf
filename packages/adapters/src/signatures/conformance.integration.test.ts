import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { AttestationAnswer } from '@fairlead/engine';
import { sigstoreAttestor } from './sigstore-attestor.ts';

const folder = new URL('./fixtures/conformance/', import.meta.url);
const file = (name: string): Buffer => readFileSync(new URL(name, folder));

const Case = z.object({
  name: z.string(),
  bundle: z.string(),
  trustedRoot: z.string().default('public'),
  key: z.string().optional(),
  artifact: z.string().optional(),
  identity: z
    .string()
    .default(
      'https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main',
    ),
  issuer: z.string().default('https://token.actions.githubusercontent.com'),
});
type Case = z.infer<typeof Case>;

const cases = file('cases.jsonl')
  .toString()
  .trim()
  .split('\n')
  .map((line) => Case.parse(JSON.parse(line)));
const roots = z.record(z.string(), z.json()).parse(JSON.parse(file('trusted-roots.json').toString()));

const attestor = sigstoreAttestor();
afterAll(() => attestor[Symbol.asyncDispose]());

function judge({ bundle, trustedRoot, key, artifact }: Case): Promise<AttestationAnswer> {
  const root = Buffer.from(JSON.stringify(roots[trustedRoot]));
  return attestor.verify({
    material: { kind: 'bundle', bytes: Buffer.from(bundle) },
    trust: key === undefined ? { kind: 'keyless', trustedRoot: root } : { kind: 'key', key: Buffer.from(key), trustedRoot: root },
    artifact: artifact === undefined ? file('a.txt') : Buffer.from(artifact, 'latin1'),
  });
}

describe('the cases of Sigstore’s own conformance suite', () => {
  it.each(cases.filter(({ name }) => !name.endsWith('_fail')))('$name is verified', async (one) => {
    const answer = await judge(one);

    expect(answer).toMatchObject({ kind: 'verified' });
    if (one.key === undefined) expect(answer).toMatchObject({ identity: { kind: 'keyless', issuer: one.issuer, subject: one.identity } });
  });

  it.each(cases.filter(({ name }) => name.endsWith('_fail')))('$name is refused', async (one) => {
    expect(await judge(one)).toMatchObject({ kind: 'refused' });
  });
});
