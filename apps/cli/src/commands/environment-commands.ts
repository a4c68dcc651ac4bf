import type { CommandSpec } from '../command.ts';

const target = ['--target <CLUSTER/NAMESPACE/NAME>', 'which one, where the environment has several'] as const;
const reason = ['--reason <TEXT>', 'why; it goes on record'] as const;
const yes = ['--yes', 'do not ask'] as const;

/** What people do to the controllers of an environment. */
export const environmentCommands: readonly CommandSpec[] = [
  {
    name: 'environment suspend',
    summary: 'keep Flux from touching a target for a time',
    args: '<SERVICE/ENV>',
    options: [
      reason,
      ['--expires-in <DURATION>', 'how long, such as 2h or 1d; then it is resumed by itself; required'],
      target,
      ['--dry-run', 'say what would be suspended, change nothing'],
      yes,
    ],
    examples: ['fairlead environment suspend platform-control/staging --expires-in 2h --reason "the database is moved"'],
    load: () => import('./environment-suspend.ts'),
  },
  {
    name: 'environment resume',
    summary: 'let the controller at the target again, whoever suspended it',
    args: '<SERVICE/ENV>',
    options: [reason, target, ['--dry-run', 'say what would be resumed, change nothing'], yes],
    examples: ['fairlead environment resume platform-control/staging --reason "the database has moved"'],
    load: () => import('./environment-resume.ts'),
  },
  {
    name: 'environment suspensions',
    summary: 'targets that are suspended: by whom, why and until when',
    options: [['-e, --environment <SERVICE/ENV>', 'one environment']],
    examples: ['fairlead environment suspensions'],
    load: () => import('./environment-suspensions.ts'),
  },
];
