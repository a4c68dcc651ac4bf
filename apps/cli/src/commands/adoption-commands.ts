import type { CommandSpec } from '../command.ts';

/** How a repository that knows nothing of Fairlead comes to use it. */
export const adoptionCommands: readonly CommandSpec[] = [
  {
    name: 'init',
    summary: 'write .fairlead for the overlays of a repository: shows the files and asks, changes nothing that is there',
    args: '[PATH]',
    options: [
      [
        '--environment <PATH>',
        'the folder of an overlay, from the top of the repository; can be repeated (default: all that are found)',
        { many: true },
      ],
      ['--tier <NAME=TIER>', 'dev, staging or production, where the name of a folder does not say it; can be repeated', { many: true }],
      ['--service <NAME>', 'of a service at the top (default: as the repository is called)'],
      ['--repository <URL>', 'where releases come from (default: origin)'],
      ['--controller <CONTROLLER>', 'argocd or flux (default: what the repository uses)'],
      ['--owner <NAME>', 'who answers for the controls of today'],
      ['--dry-run', 'show the files, write nothing'],
      ['--yes', 'do not ask'],
    ],
    examples: ['fairlead init', 'fairlead init --dry-run', 'fairlead init --yes --tier eu=production --environment clusters/eu'],
    load: () => import('./init.ts'),
  },
  {
    name: 'adoption status',
    summary: 'what is missing before a controller takes over: by Git and evidence/*.json, exit 1 where something is',
    args: '[PATH]',
    options: [
      ['--offline', 'from this checkout; so far the only way'],
      ['-e, --environment <NAME>', 'one environment'],
    ],
    examples: ['fairlead adoption status --offline', 'fairlead adoption status --offline -e staging -o md'],
    load: () => import('./adoption-status.ts'),
  },
  {
    name: 'control list',
    summary: 'the controls of today that must not get weaker, and what each still lacks',
    args: '[PATH]',
    examples: ['fairlead control list', 'fairlead control list -o wide'],
    load: () => import('./control-list.ts'),
  },
];
