import { describe, expect, it } from 'vitest';
import { ServiceName } from '../service/service-name.ts';
import { effectiveInputs, readEnvironment } from './environment.ts';
import { environmentId, EnvironmentName } from './environment-name.ts';

const environment = `apiVersion: fairlead.dev/v1
kind: Environment
metadata: { name: prod }
spec:
  tier: production
  path: environments/prod
  profile: prod
  after: [staging]
  delivery:
    controller: argocd
    targets:
      - { cluster: prod-eu, namespace: argocd, application: pc-prod.eu }
      - { cluster: prod-us, namespace: argocd, application: pc-prod-us }
  namespaces: [{ name: pc, owned: true }, { name: jobs }]
`;

const flux = environment.replace('argocd\n', 'flux\n').replaceAll('application', 'kustomization');

function problemsIn(text: string): readonly string[] {
  const parsed = readEnvironment(text, 'prod.yaml');
  return parsed.kind === 'ok' ? [] : parsed.problems.map(({ line, message }) => `${String(line)}: ${message}`);
}

describe('an environment', () => {
  it('delivers one target after the other and owns no namespace unless it says so', () => {
    expect(readEnvironment(environment, 'prod.yaml')).toMatchObject({
      kind: 'ok',
      value: { spec: { delivery: { controller: 'argocd', order: 'one-by-one' }, namespaces: [{ owned: true }, { owned: false }] } },
    });
  });

  it('may be delivered by Flux', () => {
    expect(readEnvironment(flux, 'prod.yaml')).toMatchObject({
      kind: 'ok',
      value: { spec: { delivery: { controller: 'flux', targets: [{ kustomization: 'pc-prod.eu' }, {}] } } },
    });
  });

  it.each([
    ['tier: production', 'tier: prod', '5: spec.tier: expected dev, staging or production, found "prod"'],
    ['environments/prod', '../prod', `6: spec.path: path "../prod" must be relative, '/'-separated and stay inside its root`],
    ['environments/prod', '/srv/prod', `6: spec.path: path "/srv/prod" must be relative, '/'-separated and stay inside its root`],
    ['environments/prod', 'a//b', `6: spec.path: path "a//b" must be relative, '/'-separated and stay inside its root`],
    ['environments/prod', 'a\\b', `6: spec.path: path "a\\\\b" must be relative, '/'-separated and stay inside its root`],
    ['after: [staging]', 'after: [dev, prod]', `8: spec.after[1]: environment "prod" can't come after itself`],
    ['after: [staging]', 'inputs: copied', '8: spec.inputs: expected pinned or shared, found "copied"'],
    ['controller: argocd', 'controller: argo', '10: spec.delivery.controller: expected argocd or flux, found "argo"'],
    ['    controller: argocd\n', '', '9: spec.delivery.controller is missing'],
    ['pc-prod.eu', 'PC', '12: spec.delivery.targets[0].application: expected the name of a Kubernetes object, found "PC"'],
    ['name: jobs', 'name: pc', '14: spec.namespaces[1].name: namespace "pc" is given twice'],
    [
      'prod-us, namespace: argocd, application: pc-prod-us',
      'prod-eu, namespace: argocd, application: pc-prod.eu',
      '13: spec.delivery.targets[1]: target prod-eu/argocd/pc-prod.eu is given twice',
    ],
  ])('with %j as %j is refused', (from, to, problem) => {
    expect(environment).toContain(from);
    expect(problemsIn(environment.replace(from, to))).toEqual([problem]);
  });

  it('needs the targets of its own controller', () => {
    expect(problemsIn(environment.replace('argocd\n', 'flux\n'))).toEqual([
      '12: spec.delivery.targets[0].kustomization is missing',
      '12: spec.delivery.targets[0].application is no field of this document',
      '13: spec.delivery.targets[1].kustomization is missing',
      '13: spec.delivery.targets[1].application is no field of this document',
    ]);
  });

  it('needs somebody who delivers it', () => {
    expect(problemsIn(environment.replace(/ {2}delivery:\n(?: {4}.*\n)+/, ''))).toEqual(['4: spec.delivery is missing']);
    expect(problemsIn(environment.replace(/ {2}delivery:\n(?: {4}.*\n)+/, '  delivery: argocd\n'))).toEqual([
      '9: spec.delivery: expected a map, found a string',
    ]);
  });

  it('has an id with its service', () => {
    expect(environmentId(ServiceName.parse('pc'), EnvironmentName.parse('prod'))).toBe('pc/prod');
  });
});

describe('the inputs of an environment', () => {
  it.each([
    ['production', 'pinned'],
    ['staging', 'pinned'],
    ['dev', 'shared'],
  ])('of tier %s are %s', (tier, inputs) => {
    const parsed = readEnvironment(environment.replace('tier: production', `tier: ${tier}`), 'a.yaml');

    expect(parsed.kind === 'ok' && effectiveInputs(parsed.value)).toBe(inputs);
  });

  it.each(['pinned', 'shared'])('are %s where it says so', (inputs) => {
    const parsed = readEnvironment(environment.replace('tier: production', `tier: production\n  inputs: ${inputs}`), 'a.yaml');

    expect(parsed.kind === 'ok' && effectiveInputs(parsed.value)).toBe(inputs);
  });
});
