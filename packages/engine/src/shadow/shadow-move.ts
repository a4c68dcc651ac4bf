import { NotFoundError, type CommitSha, type ShadowMove } from '@fairlead/domain';
import { containment } from '../desired-state/containment.ts';
import { isOnBranch } from '../delivery/is-on-branch.ts';
import type { EnvironmentConfiguration } from '../service/environment-configuration.ts';
import { environmentPath } from '../service/environment-path.ts';
import type { ShadowPorts } from './shadow-ports.ts';

interface Moving {
  readonly ports: Pick<ShadowPorts, 'renderer'>;
  readonly configuration: EnvironmentConfiguration;
}

/** How what is delivered now stands to what was, and to the protected branch. */
export async function shadowMove({ ports, configuration }: Moving, from: CommitSha, to: CommitSha): Promise<ShadowMove> {
  if (from === to) return { from, to, onBranch: true, wentBack: false };
  const { repository } = configuration;
  const onBranch = (await isOnBranch(repository, [to])) === true;
  return { from, to, onBranch, wentBack: onBranch && (await isOlder({ ports, configuration }, from, to)) };
}

/** An older commit with the same inputs is the same environment. */
async function isOlder({ ports, configuration }: Moving, from: CommitSha, to: CommitSha): Promise<boolean> {
  const { git } = configuration.repository;
  try {
    const question = { path: environmentPath(configuration), commit: to, revision: from };
    return (await containment({ git, renderer: ports.renderer }, question)) === 'differs';
  } catch (error) {
    if (error instanceof NotFoundError) return false;
    throw error;
  }
}
