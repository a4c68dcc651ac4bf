import { CommitSha, DriftSeverity } from '@fairlead/domain';
import { z } from 'zod';
import { clusterAccess, ClusterOptions } from '../local/cluster-access.ts';
import { commitNamed } from '../local/commit-named.ts';
import { environmentToLookAt } from '../local/environment-named.ts';
import type { LocalWorld, ShadowRequest } from '../local/wire.ts';
import type { Terminal } from '../terminal.ts';

const text = z.string().min(1, 'is empty').optional();

/** What the three ways to look for drift without a server have in common. */
export const ShadowOptions = ClusterOptions.extend({
  environment: text,
  commit: text,
  target: text,
  owned: z.array(z.string().min(1, 'is empty')).default([]),
  from: DriftSeverity.default('metadata'),
});
export type ShadowOptions = z.infer<typeof ShadowOptions>;

export async function shadowRequest(world: LocalWorld, options: ShadowOptions, terminal: Terminal): Promise<ShadowRequest> {
  const { commit, target, owned } = options;
  return {
    environment: await environmentToLookAt(world, options.environment),
    access: clusterAccess(options, terminal),
    owned,
    ...(commit === undefined ? {} : { desired: commit === 'working-tree' ? commit : CommitSha.parse(await commitNamed(world, commit)) }),
    ...(target === undefined ? {} : { target }),
  };
}
