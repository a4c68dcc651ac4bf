import type { CommandSpec } from '../command.ts';

/** What works on a checkout, without a server. */
export const offlineCommands: readonly CommandSpec[] = [
  {
    name: 'check',
    summary: 'judge every environment at or below PATH: images, references, rendering, secrets',
    args: '[PATH]',
    formats: ['github'],
    examples: ['fairlead check', 'fairlead check environments/prod', 'fairlead check -o github'],
    load: () => import('./check.ts'),
  },
  {
    name: 'render',
    summary: 'print what a kustomization renders to, as kustomize build does',
    args: '<PATH>',
    options: [['--compare <FILE>', 'list how it differs from what another program rendered (- for stdin): exit 1 where it does']],
    examples: [
      'fairlead render environments/staging',
      'fairlead render environments/staging -o json',
      'kustomize build environments/staging | fairlead render environments/staging --compare -',
    ],
    load: () => import('./render.ts'),
  },
  {
    name: 'diff',
    summary: 'what your change does to every environment, as rendered',
    args: '[PATH]',
    options: [['--base <REVISION>', 'compare with this commit (default: where the branch left the default branch)']],
    examples: ['fairlead diff', 'fairlead diff environments/prod', 'fairlead diff --base v1.2.0'],
    load: () => import('./diff.ts'),
  },
  {
    name: 'release create',
    summary: 'write the manifest of a release from a checkout',
    options: [
      ['--version <VERSION>', 'as people call it'],
      [
        '--component <NAME=IMAGE>',
        'repository@sha256:…, or sha256:… of the repository that the service names; can be repeated',
        { many: true },
      ],
      ['--artifact <NAME=FOLDER>', 'a kustomize base of the service root; can be repeated', { many: true }],
      ['--service <NAME>', 'default: that of the service root around'],
      ['--from-service <FILE>', 'the .fairlead/service.yaml to believe (default: the nearest)'],
      ['--source-repository <URL>', "default: the service's, else origin"],
      ['--commit <COMMIT>', 'default: HEAD'],
      ['--ref <REF>', 'default: the branch that is checked out'],
      ['--schema-id <ID>', 'the database schema that it expects'],
      ['--seed-id <ID>', 'the seed data that it expects'],
      ['--out <FILE>', 'write it there and print its digest (default: print it)'],
    ],
    examples: [
      'fairlead release create --version 1.42.0 --component api=registry.example.com/shop/api@sha256:… --artifact base=deploy/base --out release.yaml',
    ],
    load: () => import('./release-create.ts'),
  },
  {
    name: 'release verify',
    summary: 'judge a manifest alone and print its digest',
    args: '<FILE>',
    options: [['--offline', 'fetch nothing; so far nothing ever is']],
    examples: ['fairlead release verify release.yaml --offline'],
    load: () => import('./release-verify.ts'),
  },
  {
    name: 'release show',
    summary: 'what is in a manifest',
    args: '<FILE>',
    examples: ['fairlead release show release.yaml'],
    load: () => import('./release-show.ts'),
  },
  {
    name: 'doctor',
    summary: 'look for what is missing or wrong on this machine',
    examples: ['fairlead doctor'],
    load: () => import('./doctor.ts'),
  },
  {
    name: 'version',
    summary: 'versions of Fairlead and of what it renders with',
    examples: ['fairlead version', 'fairlead version -o json'],
    load: () => import('./version.ts'),
  },
  {
    name: 'completion',
    summary: 'print the script that makes a shell complete commands: bash, zsh or fish',
    args: '<SHELL>',
    examples: ['fairlead completion bash >> ~/.bashrc', 'source <(fairlead completion zsh)'],
    load: () => import('./completion.ts'),
  },
];
