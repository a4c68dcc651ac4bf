import type { CommandSpec } from '../command.ts';

const environment = ['-e, --environment <ENV>', 'one environment: NAME or SERVICE/NAME'] as const;
const timeout = ['--timeout <duration>', 'how long to wait, such as 30s or 10m (default 10m)'] as const;

/** What talks to a server. */
export const clientCommands: readonly CommandSpec[] = [
  {
    name: 'login',
    summary: 'sign in with the one-time link of a server',
    options: [
      ['--link <URL>', 'the link that the server printed'],
      ['--name <NAME>', 'name of the context (default: the host)'],
    ],
    examples: ['fairlead login --link http://127.0.0.1:7420/login?code=…'],
    load: () => import('./login.ts'),
  },
  { name: 'whoami', summary: 'who is signed in, with which role', examples: ['fairlead whoami'], load: () => import('./whoami.ts') },
  {
    name: 'status',
    summary: 'what is meant to be where, and whether it is there',
    options: [environment, ['-s, --service <SERVICE>', 'one service']],
    examples: ['fairlead status', 'fairlead status -e staging -o json'],
    load: () => import('./status.ts'),
  },
  {
    name: 'promote',
    summary: 'promote a release to an environment',
    args: '<SERVICE>',
    options: [
      ['--release <RELEASE>', 'a version, a digest, or a manifest file to register first'],
      ['--to <ENV>', 'the environment'],
      ['--wait', 'wait until it is ready, through approvals'],
      timeout,
      ['--dry-run', 'print the plan, change nothing'],
      ['--yes', 'do not ask'],
    ],
    examples: [
      'fairlead promote platform-control --release 1.42.0 --to staging --wait',
      'fairlead promote platform-control --release 1.42.0 --to prod --dry-run',
    ],
    load: () => import('./promote.ts'),
  },
  {
    name: 'wait',
    summary: 'wait for a promotion to end',
    args: '<OBJECT>',
    options: [timeout],
    examples: ['fairlead wait promotion/p-01k…'],
    load: () => import('./wait.ts'),
  },
  {
    name: 'explain',
    summary: 'why a promotion or an environment is where it is',
    args: '<OBJECT>',
    examples: ['fairlead explain promotion/p-01k…', 'fairlead explain environment/platform-control/staging'],
    load: () => import('./explain.ts'),
  },
  {
    name: 'release list',
    summary: 'registered releases, newest first',
    options: [['-s, --service <SERVICE>', 'one service']],
    examples: ['fairlead release list'],
    load: () => import('./release-list.ts'),
  },
  {
    name: 'release register',
    summary: 'make a release known to the server',
    args: '<FILE>',
    examples: ['fairlead release register release.yaml'],
    load: () => import('./release-register.ts'),
  },
  {
    name: 'promotion list',
    summary: 'promotions, newest first',
    options: [environment, ['-s, --service <SERVICE>', 'one service'], ['--open', 'those that have not ended']],
    examples: ['fairlead promotion list --open'],
    load: () => import('./promotion-list.ts'),
  },
  {
    name: 'promotion get',
    summary: 'one promotion with its plan',
    args: '<ID>',
    examples: ['fairlead promotion get p-01k…'],
    load: () => import('./promotion-get.ts'),
  },
  {
    name: 'approval list',
    summary: 'what waits for approval',
    options: [environment],
    examples: ['fairlead approval list'],
    load: () => import('./approval-list.ts'),
  },
  {
    name: 'approval approve',
    summary: 'approve what a promotion holds now',
    args: '<ID>',
    options: [
      ['--content <DIGEST>', 'the content you looked at; without it the plan is shown and asked about'],
      ['--yes', 'do not ask'],
      ['--reason <TEXT>', 'why'],
    ],
    examples: ['fairlead approval approve p-01k…'],
    load: () => import('./approval-approve.ts'),
  },
  {
    name: 'approval reject',
    summary: 'reject what a promotion holds now',
    args: '<ID>',
    options: [
      ['--reason <TEXT>', 'why; required'],
      ['--content <DIGEST>', 'the content you looked at'],
      ['--yes', 'do not ask'],
    ],
    examples: ['fairlead approval reject p-01k… --reason "the quota change is not reviewed"'],
    load: () => import('./approval-reject.ts'),
  },
  {
    name: 'validation list',
    summary: 'validation runs of an environment, newest first',
    args: '<SERVICE/ENV>',
    examples: ['fairlead validation list platform-control/staging'],
    load: () => import('./validation-list.ts'),
  },
  {
    name: 'validation rerun',
    summary: 'run one validation phase again',
    args: '<PHASE>',
    options: [['-e, --environment <SERVICE/ENV>', 'the environment']],
    examples: ['fairlead validation rerun routes -e platform-control/staging'],
    load: () => import('./validation-rerun.ts'),
  },
  {
    name: 'evidence list',
    summary: 'evidence records, newest first',
    options: [
      ['-e, --environment <SERVICE/ENV>', 'one environment'],
      ['-p, --promotion <ID>', 'one promotion'],
      ['--type <TYPE>', 'one type, such as approval or readiness'],
      ['--since <TIME>', 'from that time on'],
      ['--until <TIME>', 'before that time'],
    ],
    examples: [
      'fairlead evidence list -p p-01k…',
      'fairlead evidence list -e platform-control/prod --type sync-observation --since 2026-11-01T00:00:00Z',
    ],
    load: () => import('./evidence-list.ts'),
  },
  {
    name: 'evidence get',
    summary: 'one record: its signed bundle and its proof',
    args: '<DIGEST>',
    examples: ['fairlead evidence get sha256:… -o json'],
    load: () => import('./evidence-get.ts'),
  },
  {
    name: 'bundle export',
    summary: 'everything that proves a promotion, in one file',
    args: '<OBJECT>',
    makesFile: true,
    options: [
      ['--since <FILE>', 'a checkpoint or trust file that you hold: the bundle shows that the log continues it'],
      ['--kept', 'the one that was made when the promotion ended: the same bytes for everybody'],
      ['--audience <AUDIENCE>', 'full (default), or tenant: no people, configuration or differences'],
    ],
    examples: [
      'fairlead bundle export promotion/p-01k… --since trust.json',
      'fairlead bundle export promotion/p-01k… --audience tenant -o proof.tar',
    ],
    load: () => import('./bundle-export.ts'),
  },
  {
    name: 'token create',
    summary: 'make a token for a local person',
    options: [
      ['--user <NAME>', 'the person'],
      ['--role <ROLE>', 'viewer, promoter, approver, operator, auditor or admin'],
      ['-e, --environment <ENV>', 'only for this environment; can be repeated', { many: true }],
      ['--days <N>', 'days until it expires (default 30)'],
    ],
    examples: ['fairlead token create --user ada --role approver -e staging'],
    load: () => import('./token-create.ts'),
  },
];
