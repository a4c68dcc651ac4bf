import {
  isAsked,
  lookedAt,
  type CommitSha,
  commitOfRevision,
  type JsonObject,
  operationInfo,
  type ObservedFlux,
  type SyncOutcome,
  type SyncRequest,
} from '@fairlead/domain';
import { requestedAt } from './flux-state-of.ts';
import { requestAnnotations } from './request-annotations.ts';

/** Patches to write, in this order, and what comes of it. */
export interface FluxRequest {
  readonly source?: JsonObject;
  readonly kustomization?: JsonObject;
}

export type SyncStep =
  | { readonly kind: 'answer'; readonly outcome: SyncOutcome }
  | { readonly kind: 'write'; readonly request: FluxRequest; readonly asked: JsonObject };

interface Asking {
  readonly now: Date;
  /** Makes a token new. */
  readonly id: string;
}

/** Flux has no operations: it is told to look, at the source first, and the request is left on the Kustomization under its id. */
export function nextSyncStep(request: SyncRequest, seen: ObservedFlux, now: Date): SyncStep {
  const asked = askedOf(request, seen);
  if (seen.info[operationInfo.operation] === request.operation) return { kind: 'answer', outcome: { kind: 'already-there', asked } };
  const held = whySuspended(seen);
  if (held !== undefined) return { kind: 'answer', outcome: { kind: 'suspended', message: held } };
  const { origin } = seen;
  if (!origin.found) {
    const message = `its source ${origin.kind} ${origin.namespace}/${origin.name} does not exist`;
    return { kind: 'answer', outcome: { kind: 'busy', message } };
  }
  const annotations = requestAnnotations(request);
  const token = tokenOf({ now, id: request.operation });
  if (hasFetched(seen, request.revision)) {
    return { kind: 'write', asked, request: { kustomization: annotated({ ...annotations, ...lookAgain(seen, token) }) } };
  }
  const begun = origin.requestedAt?.endsWith(`/${request.operation}`) === true;
  const source = begun ? {} : { source: annotated({ [requestedAt]: token }) };
  return { kind: 'write', asked, request: { ...source, kustomization: annotated(annotations) } };
}

/** One that tries the revision already needs no push. */
function lookAgain({ lastAttempted, origin }: ObservedFlux, token: string): JsonObject {
  return origin.found && origin.revision === lastAttempted ? {} : { [requestedAt]: token };
}

function askedOf({ revision }: SyncRequest, { origin, target }: ObservedFlux): JsonObject {
  return { revision, source: `${origin.kind}/${origin.namespace}/${origin.name}`, kustomization: `${target.namespace}/${target.name}` };
}

function whySuspended({ suspended, origin }: ObservedFlux): string | undefined {
  if (suspended) return 'the Kustomization is suspended';
  return origin.found && origin.suspended ? `its source ${origin.kind} ${origin.namespace}/${origin.name} is suspended` : undefined;
}

function hasFetched({ origin }: ObservedFlux, revision: CommitSha): boolean {
  return origin.found && origin.revision !== undefined && commitOfRevision(origin.revision) === revision;
}

/** A source isn't asked more often: each request is a look at Git. */
const betweenLooksMs = 10_000;
/** How long a look at the source is worth a look of the Kustomization's. */
const freshMs = 60_000;

/** The source first, and once it has answered the Kustomization, by the same token: calls that come between change nothing. */
export function nextRefresh(seen: ObservedFlux, { now, id }: Asking): FluxRequest {
  const { origin } = seen;
  if (whySuspended(seen) !== undefined || isAsked(seen)) return {};
  const token = tokenOf({ now, id });
  if (!origin.found) return { kustomization: annotated({ [requestedAt]: token }) };
  if (isAsked(origin)) return {};
  const ageMs = now.getTime() - timeOf(origin.requestedAt);
  const answered = ageMs <= freshMs && origin.requestedAt !== seen.requestedAt;
  if (answered && wantsLook(seen, now)) return { kustomization: annotated({ [requestedAt]: origin.requestedAt ?? token }) };
  return ageMs <= betweenLooksMs ? {} : { source: annotated({ [requestedAt]: token }) };
}

/** There is something new to apply, or it hasn't looked for a while: a look holds up the next one until what it applied is healthy. */
function wantsLook(seen: ObservedFlux, now: Date): boolean {
  if (seen.origin.found && seen.origin.revision !== seen.lastAttempted) return true;
  return now.getTime() - timeOf(lookedAt(seen)) > freshMs;
}

function tokenOf({ now, id }: Asking): string {
  return `${now.toISOString()}/${id}`;
}

/** Of a token of ours or of Flux's own tools, both of which begin with a time; long ago for any other. */
function timeOf(token: string | undefined): number {
  const time = Date.parse(token?.split('/')[0] ?? '');
  return Number.isNaN(time) ? 0 : time;
}

function annotated(annotations: JsonObject): JsonObject {
  return { metadata: { annotations } };
}
