import type { CommandSpec } from '../command.ts';

/** What judges evidence without a server, by the verifier that shares no code with what made it. */
export const proofCommands: readonly CommandSpec[] = [
  {
    name: 'bundle verify',
    summary: 'verify a bundle offline; exit 0 verified, 1 failed, 2 usage, 3 incomplete or of an unknown version',
    args: '<FILE>',
    options: [
      ['--trust <FILE>', 'keys and log, from `fairlead ledger trust`, handed over beforehand'],
      ['--audience <AUDIENCE>', 'full (default), or tenant: accept that records are withheld'],
    ],
    examples: ['fairlead bundle verify fairlead-shop-prod-p-01k….tar --trust trust.json'],
    load: () => import('./bundle-verify.ts'),
  },
  {
    name: 'bundle inspect',
    summary: 'what a bundle says it holds; verifies nothing',
    args: '<FILE>',
    examples: ['fairlead bundle inspect fairlead-shop-prod-p-01k….tar'],
    load: () => import('./bundle-inspect.ts'),
  },
];
