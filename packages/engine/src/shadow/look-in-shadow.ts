import {
  deliveredCommits,
  deliveredState,
  NotFoundError,
  type CommitSha,
  type DeliveryObservation,
  type DeliveryTarget,
  type ReleaseOfRevision,
} from '@fairlead/domain';
import { judgeObserved, type JudgedTarget } from '../delivery/judge-target.ts';
import { releaseAt } from '../delivery/release-at.ts';
import type { EnvironmentConfiguration } from '../service/environment-configuration.ts';
import { environmentPath } from '../service/environment-path.ts';
import type { ShadowPorts } from './shadow-ports.ts';

/** One target of an environment that was never promoted to, as it is now. */
export interface ShadowLook extends JudgedTarget {
  readonly target: DeliveryTarget;
  /** When it was looked at. */
  readonly at: string;
  /** What the controller has brought into the cluster, where it says so. */
  readonly delivered?: CommitSha;
  /** The release that the environment says it runs at that commit, or why it is none. */
  readonly mapped: ReleaseOfRevision;
}

interface Looking {
  readonly ports: Pick<ShadowPorts, 'store' | 'clock' | 'renderer' | 'delivery' | 'cluster'>;
  readonly configuration: EnvironmentConfiguration;
}

/** Looks at a target, and judges it by what it has delivered itself: nobody asked it for anything. It is never asked to refresh, which would be a write. `last`:
 *  what was delivered when it was last known. */
export async function lookInShadow(context: Looking, target: DeliveryTarget, last: CommitSha | undefined): Promise<ShadowLook> {
  const { ports, configuration } = context;
  const looked = await ports.delivery[target.controller].observe(target);
  const delivered = looked.kind === 'absent' ? undefined : deliveredCommits(looked, last).delivered;
  const known = delivered !== undefined && (await isKnown(configuration, delivered)) ? delivered : configuration.commit;
  const judged = await judgeObserved(context, { target, sync: undefined, looked, commit: known }, ports.clock.now());
  return {
    ...judged,
    ...(delivered === undefined ? {} : { delivered }),
    target,
    at: ports.clock.now().toISOString(),
    mapped: await releaseAt(ports, {
      service: configuration.service.metadata.name,
      path: environmentPath(configuration),
      revision: delivered ?? revisionOf(looked),
      repository: configuration.repository,
    }),
  };
}

/** In the controller's own words, which may be the name of a branch. */
function revisionOf(looked: DeliveryObservation): string {
  return looked.kind === 'absent' ? '' : deliveredState(looked).revisions.join(', ');
}

async function isKnown({ repository: { git } }: EnvironmentConfiguration, commit: CommitSha): Promise<boolean> {
  try {
    await git.snapshot(commit);
    return true;
  } catch (error) {
    if (error instanceof NotFoundError) return false;
    throw error;
  }
}
