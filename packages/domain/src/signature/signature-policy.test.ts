import { describe, expect, it } from 'vitest';
import { readPolicy } from '../policy/policy.ts';
import { resolvePolicy } from '../policy/resolve-policy.ts';
import { signatureDemands } from './signature-policy.ts';

const document = (spec: string): string => `apiVersion: fairlead.dev/v1\nkind: Policy\nmetadata: { name: signed }\nspec:\n${spec}`;
const signers = `  signatures:
    signers:
      - { name: ci, key: .fairlead/keys/ci.pub }
      - name: workflow
        keyless: { issuer: https://token.actions.githubusercontent.com, subject: "https://github.com/acme/shop/.github/workflows/*@refs/heads/main" }
        trustedRoot: .fairlead/trust/sigstore.json
`;

function problemsIn(spec: string): readonly string[] {
  const read = readPolicy(document(spec), 'policy.yaml');
  return read.kind === 'ok' ? [] : read.problems.map(({ message }) => message);
}

describe('a policy about signatures', () => {
  it('says per tier who has to have signed what', () => {
    const read = readPolicy(
      document(`${signers}    images: { production: [workflow] }\n    manifests: { staging: [ci], production: [ci] }\n`),
      'policy.yaml',
    );
    if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems));
    const resolved = resolvePolicy([read.value]);
    if (resolved.kind === 'conflict') throw new Error('conflict');
    const { signatures } = resolved.policy;

    expect(signatureDemands(signatures, 'dev')).toBe('none');
    expect(signatureDemands(signatures, 'staging')).toMatchObject({ manifest: ['ci'] });
    expect(signatureDemands(signatures, 'production')).toMatchObject({
      manifest: ['ci'],
      images: ['workflow'],
      signers: [{ name: 'ci' }, { name: 'workflow' }],
    });
  });

  it('leaves a policy that speaks of none as it was', () => {
    const read = readPolicy(document('  statusMaxAge: 5m\n'), 'policy.yaml');
    const resolved = resolvePolicy(read.kind === 'ok' ? [read.value] : []);

    expect(resolved.kind === 'resolved' && 'signatures' in resolved.policy).toBe(false);
  });

  it.each([
    ['{ name: ci }', 'signer ci needs exactly one of key and keyless'],
    ['{ name: ci, key: keys/ci.pub }', 'lies outside .fairlead/, whose files are protected: put it in .fairlead/keys/ or .fairlead/trust/'],
    ['{ name: ci, key: .fairlead/../ci.pub }', 'must be relative'],
    ['{ name: ci, keyless: { issuer: "https://i.example.com", subject: a } }', 'signer ci is keyless, so it needs trustedRoot'],
    [
      '{ name: ci, keyless: { issuer: "https://*.example.com", subject: a }, trustedRoot: .fairlead/trust/r.json }',
      'expected the https:// address of an issuer',
    ],
    ['{ name: ci, key: .fairlead/keys/a.pub }, { name: ci, key: .fairlead/keys/b.pub }', 'signer "ci" is given twice'],
  ])('is refused with %s', (signer, message) => {
    expect(problemsIn(`  signatures: { signers: [${signer}] }\n`).join('\n')).toContain(message);
  });
});
