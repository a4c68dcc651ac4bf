import { describe, expect, it } from 'vitest';
import { memoryTree } from '../testing/memory-tree.ts';
import { loadServices } from './load-services.ts';
import type { LoadedService } from './service-configuration.ts';

const document = (kind: string, name: string, spec: string): string =>
  `apiVersion: fairlead.dev/v1\nkind: ${kind}\nmetadata: { name: ${name} }\nspec:\n${spec}`;

const service = document(
  'Service',
  'shop',
  `  repository: https://git.example.com/shop
  source: { refs: [refs/heads/main] }
  environments: [dev]
  components: [{ name: web, image: registry.example.com/web }]
`,
);
const environment = document(
  'Environment',
  'dev',
  `  tier: dev
  path: environments/dev
  profile: small
  delivery: { controller: argocd, targets: [{ cluster: c, namespace: argocd, application: a }] }
`,
);
const profile = document('Profile', 'small', '  {}\n');
const phase = (name: string, after: string): string =>
  document('ValidationPhase', name, `  environments: [dev]\n  after: [${after}]\n  checks: [{ name: images, liveDigests: {} }]\n`);

const sound = {
  '.fairlead/service.yaml': service,
  '.fairlead/environments/dev.yaml': environment,
  '.fairlead/profiles/small.yaml': profile,
};

const under = (folder: string, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));

async function only(files: Readonly<Record<string, string>>): Promise<LoadedService> {
  const [loaded] = await loadServices(memoryTree(files));
  if (loaded === undefined) throw new Error('no service was found');
  return loaded;
}

describe('loadServices', () => {
  it('finds every folder with a service document, the top included', async () => {
    const loaded = await loadServices(memoryTree({ ...sound, ...under('teams/a/shop', sound), 'readme.md': '' }));

    expect(loaded.map(({ kind, root }) => [kind, root])).toEqual([
      ['ok', ''],
      ['ok', 'teams/a/shop'],
    ]);
  });

  it('reads the register of controls, which decides on nothing', async () => {
    const control =
      '  controls:\n    - { name: smoke, control: smoke tests, owner: ada, replacedBy: { rule: routes, record: validation }, state: old }\n';
    const [without, loaded] = [
      await only(sound),
      await only({ ...sound, '.fairlead/controls.yaml': document('ControlRegister', 'all', control) }),
    ];

    expect(loaded).toMatchObject({ kind: 'ok', controls: [{ name: 'smoke', state: 'old' }] });
    expect(without).toMatchObject({ kind: 'ok', controls: [], digest: loaded.kind === 'ok' ? loaded.digest : '' });
  });

  it('is invalid where the register of controls is', async () => {
    const wrong = document('ControlRegister', 'all', '  controls: []\n');

    expect(await only({ ...sound, '.fairlead/controls.yaml': wrong })).toMatchObject({
      kind: 'invalid',
      problems: [{ file: '.fairlead/controls.yaml' }],
    });
  });

  it('finds none where nobody declares one', async () => {
    expect(await loadServices(memoryTree({ 'kustomization.yaml': '', 'docs/service.yaml': service }))).toEqual([]);
  });

  it('reads a root with its own documents only', async () => {
    const loaded = await loadServices(
      memoryTree({ ...under('one', sound), ...under('two', sound), 'two/.fairlead/policies/p.yaml': 'nonsense' }),
    );

    expect(loaded.map(({ kind }) => kind)).toEqual(['ok', 'invalid']);
  });

  it('holds back a root with a wrong document and says everything that is wrong, by file', async () => {
    const loaded = await only({
      ...sound,
      '.fairlead/environments/dev.yaml': environment.replace('tier: dev', 'tier: devel'),
      '.fairlead/profiles/small.yaml': 'spec: [',
    });

    expect(loaded.kind === 'invalid' && loaded.problems.map(({ file, line }) => `${file}:${String(line)}`)).toEqual([
      '.fairlead/environments/dev.yaml:5',
      '.fairlead/profiles/small.yaml:1',
    ]);
  });

  it('holds back a root whose documents contradict each other', async () => {
    const loaded = await only({ ...sound, '.fairlead/environments/dev.yaml': environment.replace('profile: small', 'profile: large') });

    expect(loaded).toMatchObject({ kind: 'invalid', problems: [{ message: 'no document declares the profile large' }] });
  });

  it('resolves the policy over the built-in one', async () => {
    const loaded = await only({ ...sound, '.fairlead/policies/p.yaml': document('Policy', 'p', '  syncTimeout: 5m\n') });

    expect(loaded).toMatchObject({ kind: 'ok', policy: { syncTimeoutMs: 300_000, statusMaxAgeMs: 360_000 } });
  });

  it('orders phases by what they come after, else by name, and survives a circle', async () => {
    const files = {
      ...sound,
      '.fairlead/validations/a.yaml': phase('smoke', 'routes'),
      '.fairlead/validations/b.yaml': phase('routes', ''),
      '.fairlead/validations/c.yaml': phase('one', 'two'),
      '.fairlead/validations/d.yaml': phase('two', 'one'),
    };

    const loaded = await only(files);

    expect(loaded.kind === 'ok' && loaded.phases.map(({ metadata }) => metadata.name)).toEqual(['routes', 'smoke', 'one', 'two']);
  });

  it('ignores what is no document of a kind: other endings, folders below, other folders', async () => {
    const noise = { '.fairlead/policies/README.md': '#', '.fairlead/policies/old/p.yaml': 'nonsense', '.fairlead/people.yaml': 'nonsense' };

    expect(await only({ ...sound, ...noise })).toEqual(await only(sound));
  });

  it('has another digest when a document says something else, not when it is spelled otherwise', async () => {
    const digests = await Promise.all(
      [profile, profile.replace('kind: Profile', 'kind: "Profile"'), document('Profile', 'small', '  namespaces: [shop]\n')].map(
        async (text) => {
          const loaded = await only({ ...sound, '.fairlead/profiles/small.yaml': text });
          return loaded.kind === 'ok' ? loaded.digest : undefined;
        },
      ),
    );

    expect(digests[0]).toBe(digests[1]);
    expect(digests[0]).not.toBe(digests[2]);
  });
});
