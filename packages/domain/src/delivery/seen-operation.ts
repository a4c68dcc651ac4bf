import type { ObservedDelivery } from './delivery-observation.ts';
import { isAsked } from './flux-state.ts';
import type { ObservedArgoCd } from './observed-argocd.ts';
import type { ObservedFlux } from './observed-flux.ts';
import { operationInfo } from './sync-request.ts';

/** The last thing that a controller was asked to do, by whoever. */
export interface SeenOperation {
  /** Ours, where it is one of ours. */
  readonly id?: string;
  readonly info: Readonly<Record<string, string>>;
  readonly initiatedBy?: string;
  /** Not ended yet, as far as the controller says. */
  readonly pending: boolean;
}

export function seenOperation(seen: ObservedDelivery): SeenOperation | undefined {
  switch (seen.controller) {
    case 'argocd':
      return ofArgoCd(seen);
    case 'flux':
      return ofFlux(seen);
  }
}

function ofArgoCd({ operation, operationPending: pending }: ObservedArgoCd): SeenOperation | undefined {
  if (operation === undefined) return undefined;
  const { username, automated } = operation.initiatedBy ?? {};
  return { ...identified(operation.info, username ?? (automated === true ? 'automated sync' : undefined)), pending };
}

/** It keeps no account of requests, so only the last one of ours is known. */
function ofFlux(seen: ObservedFlux): SeenOperation | undefined {
  const { info, initiatedBy, origin } = seen;
  if (info[operationInfo.operation] === undefined) return undefined;
  return { ...identified(info, initiatedBy), pending: isAsked(seen) || (origin.found && isAsked(origin)) };
}

function identified(info: SeenOperation['info'], initiatedBy: string | undefined): Omit<SeenOperation, 'pending'> {
  const id = info[operationInfo.operation];
  return { ...(id === undefined ? {} : { id }), info, ...(initiatedBy === undefined ? {} : { initiatedBy }) };
}
