import type { CommitSha } from '../desired-state/commit-sha.ts';
import type { ObservedDelivery } from './delivery-observation.ts';
import { syncedBy, type UnauthorisedChange } from './unauthorised-change.ts';

/** What is delivered where Fairlead never promoted, against what was there when it looked before. */
export interface ShadowMove {
  /** The baseline: what was delivered at the look before. */
  readonly from: CommitSha;
  readonly to: CommitSha;
  /** Whether the protected branch has what is delivered now. */
  readonly onBranch: boolean;
  /** Whether what is delivered now is older, with other inputs. */
  readonly wentBack: boolean;
}

/** Nobody promotes there, so a merge to the protected branch is all that there is of an authority: what was synced past it is unauthorised. */
export function shadowChange(seen: ObservedDelivery, { from, to, onBranch, wentBack }: ShadowMove): UnauthorisedChange | undefined {
  if (from === to || (onBranch && !wentBack)) return undefined;
  const reason = onBranch
    ? `synced ${to}, which is older than ${from} that was there: no merge to the protected branch took it back`
    : `synced ${to}, which is no commit of the protected branch`;
  return { ...(syncedBy(seen) ?? {}), revisions: [to], reason };
}
