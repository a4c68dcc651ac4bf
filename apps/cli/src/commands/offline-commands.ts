import type { CommandSpec } from '../command.ts';
import { shadowFlags } from './shadow-flags.ts';

/** What works on a checkout, without a server. */
export const offlineCommands: readonly CommandSpec[] = [
  {
    name: 'check',
    summary: 'judge every environment at or below PATH: images, references, rendering, secrets',
    args: '[PATH]',
    options: [
      ['--range <A..B>', 'judge what merging B into A would bring: B as a whole, and every commit for secrets'],
      ['--commit <COMMIT>', 'judge the files as this commit has them'],
      [
        '--baseline <FILE>',
        'findings that were there before: named, but no reason to fail (default: .fairlead-baseline.json, where it is)',
      ],
      ['--write-baseline [FILE]', 'write all that is found to the baseline'],
      ['--rule <ID>', 'only this rule; can be repeated', { many: true }],
      ['--no-cache', 'judge anew what is as it was before'],
      ['--severity <SEVERITY>', 'only this severity and graver ones: error, warning or info'],
    ],
    formats: ['sarif', 'junit', 'github'],
    examples: [
      'fairlead check',
      'fairlead check --range main...HEAD',
      'fairlead check environments/prod --severity error',
      'fairlead check --write-baseline',
      'fairlead check -o sarif > fairlead.sarif',
    ],
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
    summary: 'what your change does to every environment, as rendered; or how two environments differ',
    args: '[COMMITS] [PATH]',
    options: [
      ['--base <COMMIT>', 'compare with this commit (default: where the branch left the default branch)'],
      ['--range <A..B>', 'from one commit to another; A...B begins where B left A'],
      ['-e, --environment <NAME>', 'only this one; given twice, how the second differs from the first', { many: true }],
    ],
    examples: [
      'fairlead diff',
      'fairlead diff main',
      'fairlead diff v1.2.0..v1.3.0 -e prod',
      'fairlead diff -e staging -e prod',
      'fairlead diff -o md',
    ],
    load: () => import('./diff.ts'),
  },
  {
    name: 'environment targets',
    summary: 'which Applications and Kustomizations deliver an environment, declared or not: no server, no write',
    args: '[PATH]',
    options: [
      ['-e, --environment <NAME>', 'the environment, or the folder of a kustomization'],
      ['--kubeconfig <FILE>', 'the cluster (default: $KUBECONFIG, else ~/.kube/config)'],
      ['--context <NAME>', 'of the kubeconfig (default: its current one)'],
      ['--allow-exec', 'let the kubeconfig run a program to sign in'],
      ['--cluster <NAME>', 'which of its clusters this is (default: the only one that targets live on)'],
    ],
    examples: ['fairlead environment targets -e staging', 'fairlead environment targets -e overlays/prod -o wide'],
    load: () => import('./environment-targets.ts'),
  },
  {
    name: 'rbac',
    summary: 'print the rights on a cluster that an environment needs, as manifests to apply',
    args: '[PATH]',
    options: [
      ['-e, --environment <NAME>', 'the environment, or the folder of a kustomization'],
      ['--namespace <NAME>', 'where objects go that name no namespace'],
      ['--cluster <NAME>', 'whose Applications or Kustomizations are written (default: the only one that targets live on)'],
      ['--service-account <NAMESPACE/NAME>', 'who gets them (default: fairlead/fairlead)'],
      ['--user <NAME>', 'a user instead of a service account'],
      [
        '--source <KIND/NAMESPACE/NAME>',
        'what a Kustomization reads, such as gitrepository/flux-system/fleet; can be repeated',
        { many: true },
      ],
    ],
    examples: [
      'fairlead rbac -e staging | kubectl apply -f -',
      'fairlead rbac -e overlays/prod | kubectl apply -f -',
      'fairlead rbac -e staging --user jane@example.com -o json',
    ],
    load: () => import('./rbac.ts'),
  },
  {
    name: 'drift scan',
    summary: 'compare what runs with what Git asks for: no server, no write',
    args: '[PATH]',
    options: [
      ...shadowFlags,
      ['--confirm', 'ask the API server, by a dry run, what applying would change; takes the right to patch, and writes nothing'],
    ],
    examples: [
      'fairlead drift scan -e staging --kubeconfig ~/.kube/config',
      'fairlead drift scan -e staging --confirm',
      'fairlead drift scan examples/platform-control -e staging -o json',
    ],
    load: () => import('./drift-scan.ts'),
  },
  {
    name: 'drift watch',
    summary: 'tell of each difference as it comes and goes',
    args: '[PATH]',
    options: [...shadowFlags, ['--timeout <DURATION>', 'end after this long: exit 1 where something is open (default: until Ctrl-C)']],
    examples: ['fairlead drift watch -e staging', 'fairlead drift watch -e staging -o jsonl --timeout 10m'],
    load: () => import('./drift-watch.ts'),
  },
  {
    name: 'drift compare',
    summary: 'say whether we find all that another tool found',
    args: '[PATH]',
    options: [...shadowFlags, ['--baseline <FILE>', 'what it found: JSON of a drift scan, or a list of {object, path}; - for stdin']],
    examples: ['fairlead drift compare -e staging --baseline before.json'],
    load: () => import('./drift-compare.ts'),
  },
  {
    name: 'doctor',
    summary: 'look for what is missing or wrong on this machine, and in a cluster',
    options: [
      [
        '--kubeconfig <[CLUSTER=]FILE>',
        'a cluster to look at, too: version, clock, kinds and what we may do; can be repeated',
        { many: true },
      ],
      ['--context <NAME>', 'of the kubeconfig (default: its current one)'],
      ['--allow-exec', 'let the kubeconfig run a program to sign in'],
      ['-e, --environment <NAME>', 'whose rights are looked for; as declared in .fairlead'],
      ['--cluster <NAME>', 'whose Applications or Kustomizations are written (default: the only one that targets live on)'],
    ],
    examples: [
      'fairlead doctor',
      'fairlead doctor --kubeconfig ~/.kube/config -e staging',
      'fairlead doctor --kubeconfig east=east.yaml --kubeconfig west=west.yaml -e prod',
    ],
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
