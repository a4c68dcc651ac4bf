import { describe, expect, it } from 'vitest';
import { type Environment, readEnvironment } from '../environment/environment.ts';
import type { Parsed } from '../document/parse-document.ts';
import { type Policy, readPolicy } from '../policy/policy.ts';
import { type Profile, readProfile } from '../profile/profile.ts';
import { readValidationPhase, type ValidationPhase } from '../validation/validation-phase.ts';
import { configurationProblems, type Located, type ServiceDocuments } from './configuration-problems.ts';
import { readService } from './service.ts';

function located<T>(file: string, text: string, read: (text: string, file: string) => Parsed<T>): Located<T> {
  const parsed = read(text, file);
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  return { value: parsed.value, file, lines: parsed.lines };
}

const head = (kind: string, name: string): string => `apiVersion: fairlead.dev/v1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;

const environment = (name: string, rest = ''): Located<Environment> =>
  located(
    `.fairlead/environments/${name}.yaml`,
    `${head('Environment', name)}spec:
  tier: dev
  path: environments/${name}
  profile: small
${rest}  delivery: { controller: argocd, targets: [{ cluster: c, namespace: argocd, application: a }] }
`,
    readEnvironment,
  );

const profile: Located<Profile> = located('.fairlead/profiles/small.yaml', `${head('Profile', 'small')}spec: {}\n`, readProfile);

const phase = (spec: string): Located<ValidationPhase> =>
  located(
    '.fairlead/validations/routes.yaml',
    `${head('ValidationPhase', 'routes')}spec:\n${spec}  checks: [{ name: images, liveDigests: {} }]\n`,
    readValidationPhase,
  );

const policy = (name: string, spec: string): Located<Policy> =>
  located(`.fairlead/policies/${name}.yaml`, `${head('Policy', name)}spec:\n${spec}`, readPolicy);

const service = located(
  '.fairlead/service.yaml',
  `${head('Service', 'shop')}spec:
  repository: https://git.example.com/shop
  source: { refs: [refs/heads/main] }
  environments:
    - dev
    - prod
  components: [{ name: web, image: registry.example.com/web }]
`,
  readService,
);

const sound: ServiceDocuments = {
  service,
  environments: [environment('dev'), environment('prod', '  after: [dev]\n')],
  profiles: [profile],
  policies: [],
  phases: [phase('  environments: [prod]\n')],
};

describe('configurationProblems', () => {
  it('finds nothing where every name is declared once', () => {
    expect(configurationProblems(sound)).toEqual([]);
  });

  it('names an environment of the service that no document declares, where it stands', () => {
    const problems = configurationProblems({ ...sound, environments: [environment('dev'), environment('prd')], phases: [] });

    expect(problems).toMatchObject([
      { file: '.fairlead/service.yaml', line: 9, message: 'no document declares the environment prod', hint: 'did you mean prd?' },
      { file: '.fairlead/environments/prd.yaml', message: 'environment prd is not in the order of environments of .fairlead/service.yaml' },
    ]);
  });

  it('names what an environment and a phase refer to in vain', () => {
    const problems = configurationProblems({
      ...sound,
      environments: [environment('dev'), environment('prod', '  after: [development]\n')],
      profiles: [],
      phases: [phase('  environments: [stage]\n  after: [smoke]\n')],
    });

    expect(problems.map(({ file, line, pointer }) => `${file}:${String(line)} ${pointer}`)).toEqual([
      '.fairlead/environments/dev.yaml:7 /spec/profile',
      '.fairlead/environments/prod.yaml:8 /spec/after/0',
      '.fairlead/environments/prod.yaml:7 /spec/profile',
      '.fairlead/validations/routes.yaml:5 /spec/environments/0',
      '.fairlead/validations/routes.yaml:6 /spec/after/0',
    ]);
  });

  it('refuses two documents of one name', () => {
    const second = { ...environment('dev'), file: '.fairlead/environments/other.yaml' };

    expect(configurationProblems({ ...sound, environments: [...sound.environments, second] })).toMatchObject([
      { file: '.fairlead/environments/other.yaml', line: 3, message: 'environment dev is declared in .fairlead/environments/dev.yaml too' },
    ]);
  });

  it('refuses policies that disagree, at the setting of the later one', () => {
    const policies = [policy('one', '  syncTimeout: 5m\n'), policy('two', '  statusMaxAge: 6m\n  syncTimeout: 10m\n')];

    expect(configurationProblems({ ...sound, policies })).toMatchObject([
      { file: '.fairlead/policies/two.yaml', line: 6, pointer: '/spec/syncTimeout', hint: 'give it in one of them' },
    ]);
  });
});
