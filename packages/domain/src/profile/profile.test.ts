import { describe, expect, it } from 'vitest';
import { readProfile } from './profile.ts';

const profile = `apiVersion: fairlead.dev/v1
kind: Profile
metadata: { name: prod }
spec:
  components: { required: [api] }
  parameters: { schema: { type: object, properties: { size: { const: 1.40 } } }, values: { size: 1.40, name: yes } }
  secretStores: [{ kind: ClusterSecretStore, name: vault }]
  namespaces: [pc]
  replicas: { api: { min: 3, max: 12 }, web: { min: 1 }, jobs: { max: 0 } }
  schemaVersion: { min: pc-schema-0180 }
  constraints: [{ id: no-latest, cel: "true", message: no }]
`;

function problemsIn(text: string): readonly string[] {
  const parsed = readProfile(text, 'prod.yaml');
  return parsed.kind === 'ok' ? [] : parsed.problems.map(({ line, message }) => `${String(line)}: ${message}`);
}

describe('a profile', () => {
  it('keeps parameters as YAML 1.2 has them and all else as text', () => {
    expect(readProfile(profile, 'prod.yaml')).toMatchObject({
      kind: 'ok',
      value: { spec: { parameters: { values: { size: 1.4, name: 'yes' } }, constraints: [{ cel: 'true', message: 'no' }] } },
    });
  });

  it('may ask for nothing', () => {
    expect(readProfile(profile.slice(0, profile.indexOf('spec:')) + 'spec: {}', 'prod.yaml')).toMatchObject({
      kind: 'ok',
      value: { spec: { secretStores: [], namespaces: [], constraints: [] } },
    });
  });

  it.each([
    ['min: 3', 'min: 13', '9: spec.replicas.api: min is more than max'],
    ['min: 3', 'min: -1', '9: spec.replicas.api.min: expected 0 or more, found -1'],
    [
      'api: { min',
      'API: { min',
      '9: spec.replicas.API: expected a component name: up to 63 lower-case letters, digits and inner hyphens, found "API"',
    ],
    ['ClusterSecretStore', 'Vault', '7: spec.secretStores[0].kind: expected SecretStore or ClusterSecretStore, found "Vault"'],
    ['[pc]', '[pc, pc]', '8: spec.namespaces[1]: namespace "pc" is given twice'],
    ['cel: "true"', 'cel: ""', '11: spec.constraints[0].cel: expected 1 or more characters, found 0'],
    ['values: { size: 1.40, name: yes }', 'values: []', '6: spec.parameters.values: expected a map, found a list'],
  ])('with %j as %j is refused', (from, to, problem) => {
    expect(profile).toContain(from);
    expect(problemsIn(profile.replace(from, to))).toEqual([problem]);
  });
});
