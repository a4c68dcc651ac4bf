import type { CommandSpec } from '../command.ts';

/** What runs or examines a server. */
export const serverCommands: readonly CommandSpec[] = [
  {
    name: 'server',
    summary: 'run the server on a PostgreSQL that it starts itself',
    options: [
      ['--config <FILE>', 'fairlead.yaml (kind Installation)'],
      ['--data <DIR>', 'data directory'],
      ['--listen <HOST:PORT>', 'address (default 127.0.0.1:7420)'],
      ['--repository <NAME=URL>', 'a Git repository with services; can be repeated', { many: true }],
      ['--branch <BRANCH>', 'protected branch of the repositories given here (default main)'],
      ['--cluster <NAME=KUBECONFIG>', 'a cluster; can be repeated', { many: true }],
      ['--allow <HOST:PORT>', 'private address that checks may call; can be repeated', { many: true }],
    ],
    examples: ['fairlead server', 'fairlead server --repository env=https://git.example.com/env.git --cluster prod-eu=$HOME/.kube/config'],
    load: () => import('./server.ts'),
  },
  {
    name: 'ledger fsck',
    summary: 'derive the whole evidence log again and compare; the server must be stopped',
    options: [
      ['--config <FILE>', 'fairlead.yaml (kind Installation)'],
      ['--data <DIR>', 'data directory'],
    ],
    examples: ['fairlead ledger fsck --data /var/lib/fairlead/data'],
    load: () => import('./ledger-fsck.ts'),
  },
  {
    name: 'ledger trust',
    summary: 'what a verifier has to know beforehand: the log, its key, the record keys, the newest checkpoint',
    makesFile: true,
    options: [
      ['--config <FILE>', 'fairlead.yaml (kind Installation)'],
      ['--data <DIR>', 'data directory of a stopped server; without it the server that is signed in to is asked'],
    ],
    examples: ['fairlead ledger trust -o trust.json', 'fairlead ledger trust --data /var/lib/fairlead/data -o trust.json'],
    load: () => import('./ledger-trust.ts'),
  },
  {
    name: 'demo',
    summary: 'the whole journey on a sandbox, in one process',
    options: [
      ['--repo <PATH>', 'play it on your own Git repository: a copy of what is committed there (default: . where --env is given)'],
      ['--env <PATH>', 'the kustomize overlay that is promoted, from the folder of --repo'],
      ['--once', 'end after the journey; exit 0 only if every expectation held'],
      ['--keep', 'keep the directory at the end'],
    ],
    examples: ['fairlead demo', 'fairlead demo --once', 'fairlead demo --repo ../shop --env overlays/staging'],
    load: () => import('./demo.ts'),
  },
];
