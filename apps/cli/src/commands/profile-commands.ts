import type { CommandSpec } from '../command.ts';

/** What a profile says of one environment, without a server. */
export const profileCommands: readonly CommandSpec[] = [
  {
    name: 'profile resolve',
    summary: 'the contract of an environment with a release, in plain values; exit 1 where the release does not fit',
    args: '[PATH]',
    options: [
      ['-e, --environment <NAME>', 'the environment, as declared in .fairlead'],
      ['--release <RELEASE>', 'a file, or the version or digest of a manifest under releases/ (default: the one that the environment has)'],
    ],
    examples: [
      'fairlead profile resolve -e prod --release release.yaml',
      'fairlead profile resolve -e prod --release 1.43.0 -o json',
      'fairlead profile resolve -e staging',
    ],
    load: () => import('./profile-resolve.ts'),
  },
];
