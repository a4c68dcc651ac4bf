import { z } from 'zod';
import { pluralOf, printDocument as printYaml, rbacManifests, type RbacSubject } from '@fairlead/domain';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { environmentAccess } from '../local/environment-access.ts';
import { environmentToLookAt } from '../local/environment-named.ts';
import { openWorld } from '../local/wire.ts';
import { parseOptions } from '../options.ts';
import { printDocument } from '../output/print.ts';

const text = z.string().min(1, 'is empty').optional();
const Account = z
  .string()
  .regex(/^[a-z0-9-]+\/[a-z0-9.-]+$/, 'give it as NAMESPACE/NAME')
  .transform((words): RbacSubject => {
    const [namespace = '', name = ''] = words.split('/');
    return { kind: 'ServiceAccount', namespace, name };
  });
const Source = z
  .string()
  .regex(/^(gitrepository|ocirepository|bucket|externalartifact)\/[a-z0-9-]+\/[a-z0-9.-]+$/i, 'give it as gitrepository/NAMESPACE/NAME')
  .transform((words) => {
    const [kind = '', namespace = '', name = ''] = words.split('/');
    return { resource: pluralOf(kind), namespace, name };
  });

const Options = z.object({
  environment: text,
  cluster: text,
  serviceAccount: Account.default({ kind: 'ServiceAccount', namespace: 'fairlead', name: 'fairlead' }),
  user: text,
  namespace: text,
  source: z.array(Source).default([]),
});

/** Reads the checkout alone: what is printed is for whoever may give rights to apply. */
export const run: Run = async ({ terminal, args: [path], options: given, format }) => {
  const { cluster, user, namespace, source: sources, serviceAccount, ...options } = parseOptions(Options, given);
  await using world = await openWorld(terminal, path);
  const environment = await environmentToLookAt(world, options.environment);
  const rights = await environmentAccess(terminal, world, { environment, namespace, cluster, sources });
  if (environment.declared?.environment.spec.delivery.controller === 'flux' && sources.length === 0) {
    terminal.stderr.write('no --source given: Flux is not asked to look at a commit sooner than by its interval\n');
  }

  const name = roleNameOf(environment.name);
  const subject: RbacSubject = user === undefined ? serviceAccount : { kind: 'User', name: user };
  const items = rbacManifests(rights, { name, subject });
  const yaml = items.map((item) => `---\n${printYaml(item)}`).join('');
  if (format === 'json' || format === 'jsonl')
    printDocument(terminal, format, { document: { apiVersion: 'v1', kind: 'List', items }, text: yaml });
  else terminal.stdout.write(yaml);
  return exitCode.done;
};

/** A folder's path may hold what no name may. */
function roleNameOf(environment: string): string {
  const words = environment.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return ['fairlead', ...words].join('-').slice(0, 63);
}
