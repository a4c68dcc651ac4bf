import { CommitSha, textAt, type Digest, type EnvironmentId } from '@fairlead/domain';
import { newestOfTarget } from '../evidence/newest-of-target.ts';
import type { Reader } from '../ports/store.ts';

/** What was last put on record of one target of one environment: what comes next is a change against it. */
export interface ShadowBaseline {
  /** Over what the newest `sync-observation` states, times apart. */
  readonly sync?: { readonly state: string; readonly record: Digest };
  /** The last commit that is known to have been delivered. */
  readonly delivered?: CommitSha;
  /** Over what the newest `live-observation` states. */
  readonly live?: string;
}

/** From the records: a server that starts goes on where the one before stopped. */
export async function readBaseline(reader: Pick<Reader, 'evidence'>, environment: EnvironmentId, target: string): Promise<ShadowBaseline> {
  const sync = await newestOfTarget(reader, { environment, type: 'sync-observation', target });
  const live = await newestOfTarget(reader, { environment, type: 'live-observation', target });
  const delivered = CommitSha.safeParse(sync === undefined ? '' : textAt(sync.body, 'delivered'));
  const state = sync === undefined ? undefined : textAt(sync.body, 'state');
  const seen = live === undefined ? undefined : textAt(live.body, 'state');
  return {
    ...(sync === undefined || state === undefined ? {} : { sync: { state, record: sync.digest } }),
    ...(delivered.success ? { delivered: delivered.data } : {}),
    ...(seen === undefined ? {} : { live: seen }),
  };
}
