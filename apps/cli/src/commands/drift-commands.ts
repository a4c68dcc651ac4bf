import type { CommandSpec } from '../command.ts';

const environment = ['-e, --environment <SERVICE/ENV>', 'one environment'] as const;
const reason = ['--reason <TEXT>', 'why; it goes on record'] as const;
const yes = ['--yes', 'do not ask'] as const;

/** What a server knows of live objects that are otherwise than declared, and what people do about it. */
export const driftCommands: readonly CommandSpec[] = [
  {
    name: 'drift list',
    summary: 'what runs otherwise than Git declares, newest first',
    options: [environment, ['--all', 'also what is gone again']],
    examples: ['fairlead drift list', 'fairlead drift list -e platform-control/staging --all'],
    load: () => import('./drift-list.ts'),
  },
  {
    name: 'drift get',
    summary: 'one difference: object, field, values, who and when',
    args: '<ID>',
    examples: ['fairlead drift get d-1f0c…'],
    load: () => import('./drift-get.ts'),
  },
  {
    name: 'drift reconcile',
    summary: 'let the controller take the object back to what Git declares',
    args: '<ID>',
    options: [reason, ['--dry-run', 'say what the controller would be asked, change nothing'], yes],
    examples: ['fairlead drift reconcile d-1f0c… --reason "sidecar of the incident is no longer needed"'],
    load: () => import('./drift-reconcile.ts'),
  },
  {
    name: 'drift adopt',
    summary: 'open a change that takes the live value into Git; never a secret',
    args: '<ID>',
    options: [reason, ['--dry-run', 'print the edits, change nothing'], yes],
    examples: ['fairlead drift adopt d-1f0c… --reason "five replicas are needed from now on"'],
    load: () => import('./drift-adopt.ts'),
  },
  {
    name: 'exception create',
    summary: 'ask that differences be let be for a time; another person has to approve it',
    options: [
      ['--for-drift <ID>', 'a difference; can be repeated', { many: true }],
      ['--expires-in <DURATION>', 'how long, such as 4h or 7d; required'],
      ['--ticket <TEXT>', 'where it is written about'],
      reason,
    ],
    examples: ['fairlead exception create --for-drift d-1f0c… --expires-in 4h --reason "debugging the queue"'],
    load: () => import('./exception-create.ts'),
  },
  {
    name: 'exception approve',
    summary: 'approve an exception that another person asked for',
    args: '<ID>',
    examples: ['fairlead exception approve x-01k…'],
    load: () => import('./exception-approve.ts'),
  },
  {
    name: 'exception list',
    summary: 'exceptions, newest first, with what they excuse',
    options: [environment],
    examples: ['fairlead exception list -e platform-control/staging'],
    load: () => import('./exception-list.ts'),
  },
  {
    name: 'exception revoke',
    summary: 'end an exception before its time',
    args: '<ID>',
    options: [reason],
    examples: ['fairlead exception revoke x-01k… --reason "the incident is over"'],
    load: () => import('./exception-revoke.ts'),
  },
  {
    name: 'task list',
    summary: 'follow-ups of manual changes that are open',
    options: [environment, ['--all', 'closed ones too']],
    examples: ['fairlead task list'],
    load: () => import('./task-list.ts'),
  },
  {
    name: 'task close',
    summary: 'say what a manual change was, and that it is dealt with',
    args: '<ID>',
    options: [reason],
    examples: ['fairlead task close t-01k… --reason "debug container of INC-42, taken away again"'],
    load: () => import('./task-close.ts'),
  },
];
