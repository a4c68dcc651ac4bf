import type { CommandSpec } from '../command.ts';

type Flags = NonNullable<CommandSpec['options']>;

const source: Flags = [
  ['--version <VERSION>', 'as people call it'],
  [
    '--component <NAME=IMAGE>',
    'repository@sha256:…, repository:tag, or sha256:… of the repository that the service names; can be repeated',
    { many: true },
  ],
  [
    '--component-file <[NAME=]FILE>',
    'what a build wrote: docker buildx --metadata-file, a digest file of ko or kaniko, JSON of a matrix; can be repeated',
    { many: true },
  ],
  ['--artifact <NAME=FOLDER>', 'a kustomize base or a chart of the service root; can be repeated', { many: true }],
  ['--service <NAME>', 'default: that of the service root around'],
  ['--from-service <FILE>', 'the .fairlead/service.yaml to believe (default: the nearest)'],
  ['--source-repository <URL>', "default: the service's, else origin"],
  ['--commit <COMMIT>', 'default: HEAD'],
  ['--ref <REF>', 'default: the branch that is checked out'],
  ['--schema-id <ID>', 'the database schema that it expects'],
  ['--seed-id <ID>', 'the seed data that it expects'],
  ['--offline', 'ask no registry: tags are refused, and nobody looks which commit an image was built from'],
];
const out: Flags = [['--out <FILE>', 'write it there and print its digest (default: print it)']];

/** Manifests of releases: made, joined, judged and compared. */
export const releaseCommands: readonly CommandSpec[] = [
  {
    name: 'release create',
    summary: 'write the manifest of a release from a checkout',
    options: [...source, ...out],
    examples: [
      'fairlead release create --version 1.42.0 --component api=registry.example.com/shop/api:1.42.0 --out release.yaml',
      'fairlead release create --version 1.42.0 --component-file api=metadata.json --artifact base=deploy/base --out release.yaml',
      'fairlead release create --version 1.42.0 --component api=registry.example.com/shop/api@sha256:… --offline',
    ],
    load: () => import('./release-create.ts'),
  },
  {
    name: 'release fragment',
    summary: 'write what one of several builds knows of a release',
    options: [...source, ['--out <FILE>', 'write it there (default: print it)']],
    examples: ['fairlead release fragment --version 1.42.0 --component-file api=metadata.json --out api.fragment.yaml'],
    load: () => import('./release-fragment.ts'),
  },
  {
    name: 'release assemble',
    summary: 'join the fragments of one build to a manifest',
    args: '<FILES...>',
    options: [['--require <NAMES>', 'components that must be in it, joined by commas; can be repeated', { many: true }], ...out],
    examples: ['fairlead release assemble --require api,web --out release.yaml *.fragment.yaml'],
    load: () => import('./release-assemble.ts'),
  },
  {
    name: 'release capture',
    summary: 'write a manifest from what an environment wants and runs; never promotable to production',
    args: '[PATH]',
    options: [
      ['-e, --environment <NAME>', 'the environment, as declared in .fairlead'],
      ['--kubeconfig <FILE>', 'the cluster that it runs in (default: only what the overlay pins)'],
      ['--context <NAME>', 'of the kubeconfig (default: its current one)'],
      ['--allow-exec', 'let the kubeconfig run a program to sign in'],
      ['--version <VERSION>', 'as people call it (default: captured-<commit>)'],
      ['--commit <COMMIT>', 'the source that it was built from (default: HEAD)'],
      ['--ref <REF>', 'default: the branch that is checked out'],
      ['--source-repository <URL>', "default: the service's"],
      ...out,
    ],
    examples: ['fairlead release capture -e staging --kubeconfig ~/.kube/config --out release.yaml'],
    load: () => import('./release-capture.ts'),
  },
  {
    name: 'release sign',
    summary: 'sign a manifest: writes <FILE>.sig.json beside it',
    args: '<FILE>',
    options: [
      ['--key <KEY>', 'the private key in PEM form: a file, or env:NAME; Ed25519, or ECDSA on P-256 or P-384'],
      ['--out <FILE>', 'write the signature there (default: <FILE>.sig.json)'],
    ],
    examples: ['fairlead release sign release.yaml --key env:RELEASE_KEY', 'fairlead release sign release.yaml --key release.key'],
    load: () => import('./release-sign.ts'),
  },
  {
    name: 'release verify',
    summary: 'judge a manifest and print its digest',
    args: '<FILE>',
    options: [
      ['--offline', 'judge the document alone; the default'],
      ['--registry', 'look, too, whether its images are in their registries'],
      ['--key <FILE>', 'the public key that has to have signed it'],
      ['-e, --environment <NAME>', 'judge signatures by the policy of this environment'],
      ['--signature <FILE>', 'of the manifest (default: <FILE>.sig.json)'],
      ['--bundle <FILE>', 'signatures and provenance of its images; can be repeated (default: those in releases/)', { many: true }],
    ],
    examples: [
      'fairlead release verify release.yaml --offline',
      'fairlead release verify release.yaml --registry',
      'fairlead release verify release.yaml --key .fairlead/keys/ci.pub',
      'fairlead release verify releases/shop/sha256-….yaml -e prod',
    ],
    load: () => import('./release-verify.ts'),
  },
  {
    name: 'release show',
    summary: 'what is in a manifest',
    args: '<FILE>',
    examples: ['fairlead release show release.yaml', 'fairlead release show oci://registry.example.com/shop/releases@sha256:…'],
    load: () => import('./release-show.ts'),
  },
  {
    name: 'release diff',
    summary: 'how one release differs from another: exit 1 where it does',
    args: '<BEFORE> <AFTER>',
    examples: ['fairlead release diff releases/shop/sha256-….yaml release.yaml', 'fairlead release diff before.yaml after.yaml -o json'],
    load: () => import('./release-diff.ts'),
  },
  {
    name: 'release push',
    summary: 'keep a manifest in a registry and print its address',
    args: '<FILE> <OCI>',
    examples: ['fairlead release push release.yaml oci://registry.example.com/shop/releases:1.42.0'],
    load: () => import('./release-push.ts'),
  },
  {
    name: 'release pull',
    summary: 'fetch a manifest from a registry',
    args: '<OCI>',
    options: out,
    examples: ['fairlead release pull oci://registry.example.com/shop/releases@sha256:… --out release.yaml'],
    load: () => import('./release-pull.ts'),
  },
];
