import type { CommandSpec } from '../command.ts';

/** What makes a repository whole in itself. */
export const vendorCommands: readonly CommandSpec[] = [
  {
    name: 'vendor',
    summary: 'copy remote bases at their commit into the repository, and refer to the copies',
    args: '[PATH]',
    options: [
      ['--dry-run', 'show what would be written, write nothing'],
      ['--yes', 'do not ask'],
    ],
    examples: ['fairlead vendor --dry-run', 'fairlead vendor environments/staging', 'fairlead vendor --yes'],
    load: () => import('./vendor.ts'),
  },
];
