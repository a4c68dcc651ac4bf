import {
  judgeSyncWindows,
  objectKey,
  operationInfo,
  windowName,
  windowSubject,
  type DeliveryTarget,
  type JsonObject,
  type ObjectRef,
  type SyncOutcome,
  type SyncRequest,
  type SyncWindow,
} from '@fairlead/domain';
import { redact } from '../../http/redact.ts';
import { comparedRevisions, hasSources, sourcesOf } from './application-sources.ts';
import { askedOf, operationOf, pinnedRevisions } from './asked-of.ts';
import { normalSync } from './normal-json.ts';
import { isComparedToSpec, observeDestination } from './observe-application.ts';
import { revisionToSync, whyNotHydrated } from './observe-hydration.ts';
import { infoOf, isPending, objectRefOf } from './observe-operation.ts';
import type { Application, ArgoCdOperation } from './schema.ts';

/** What to do about a request, now that the Application looks like this: answer, or write one patch and settle what comes of it. */
type SyncStep =
  | { readonly kind: 'answer'; readonly outcome: SyncOutcome }
  | { readonly kind: 'write'; readonly patch: JsonObject; readonly asked: JsonObject };

/** What is known beside the Application. */
export interface SyncSurroundings {
  readonly target: DeliveryTarget;
  readonly windows: readonly SyncWindow[];
  readonly now: Date;
}

export function nextSyncStep(request: SyncRequest, application: Application, around: SyncSurroundings): SyncStep {
  const written = operationIn(request, application);
  const revision = revisionToSync(request, application);
  if (written !== undefined) {
    // What a hydrator has forgotten can only be told by what was written.
    const asked = revision === undefined ? normalSync(written.sync ?? {}) : askedOf(request, application, revision);
    return answer({ kind: 'already-there', asked });
  }
  const held = whyHeld(request, application, around);
  if (held !== undefined) return answer({ kind: 'busy', ...held });
  if (revision === undefined) return answer({ kind: 'busy', message: whyNotHydrated(request, application), fix: fixOfHydration });
  const objects = unplannedDeletions(request, application);
  if (objects.length > 0) return answer({ kind: 'prune-not-planned', objects });
  const operation = operationOf(request, application, revision);
  return { kind: 'write', patch: patchOf(operation, application), asked: askedOf(request, application, revision) };
}

function answer(outcome: SyncOutcome): SyncStep {
  return { kind: 'answer', outcome };
}

/** Ours, whichever of the two places it has reached. */
function operationIn({ operation: id }: SyncRequest, { operation, status }: Application): ArgoCdOperation | undefined {
  const there = [operation, status?.operationState?.operation];
  return there.find((written) => infoOf(written)[operationInfo.operation] === id) ?? undefined;
}

const fixOfHydration = 'wait for the source hydrator, or repair what it fails at';
const fixOfWindow = 'wait for the window to open, or change it on the AppProject';
const fixOfComparison = 'wait for the controller to compare, or repair what keeps it from comparing';

type Held = Pick<Extract<SyncOutcome, { kind: 'busy' }>, 'message' | 'fix'>;

function whyHeld(request: SyncRequest, application: Application, around: SyncSurroundings): Held | undefined {
  if (isPending(application)) return { message: whoRuns(application) };
  const unready = whyBusy(request, application);
  if (unready !== undefined) return { message: unready, fix: fixOfComparison };
  const closed = whyClosed(application, around);
  return closed === undefined ? undefined : { message: closed, fix: fixOfWindow };
}

/** An operation written while another one runs is lost; one written before the first comparison has nowhere to report to. */
function whyBusy(request: SyncRequest, application: Application): string | undefined {
  if (application.metadata.deletionTimestamp) return 'the application is being deleted';
  if (!application.status?.sync) return 'the controller has not compared this application yet';
  if (hasSources(application.spec) && !isPinnable(request, application)) {
    return 'the controller has not compared all sources of this application yet, so they can not be pinned';
  }
  return request.prune ? whyCandidatesUnknown(application) : undefined;
}

/** An operation that a window holds keeps every other one out, a repair too: so it is not written before it may begin. */
function whyClosed({ spec }: Application, { target, windows, now }: SyncSurroundings): string | undefined {
  const verdict = judgeSyncWindows(windows, windowSubject({ target, destination: observeDestination(spec) }), now);
  if (verdict.kind === 'open') return undefined;
  const opens = verdict.opens === undefined ? '' : `; they open at ${verdict.opens}`;
  return `the sync windows of its project are closed by ${verdict.by.map(windowName).join(', ')}${opens}`;
}

function whoRuns({ operation, status }: Application): string {
  const state = status?.operationState;
  const by = (state?.operation ?? operation)?.initiatedBy?.username ?? 'somebody unnamed';
  return [`an operation by ${by} is running`, redact(state?.message ?? '')].filter((part) => part !== '').join(': ');
}

function isPinnable(request: SyncRequest, application: Application): boolean {
  const compared = comparedRevisions(application);
  const pinned = pinnedRevisions(request, application);
  return compared.length === sourcesOf(application.spec).length && pinned.includes(request.revision) && !pinned.includes('');
}

/** While these hold, `requiresPruning` is on objects that nobody wants to delete. */
function whyCandidatesUnknown(application: Application): string | undefined {
  const { status } = application;
  const error = status?.conditions?.find(({ type }) => type === 'ComparisonError' || type === 'InvalidSpecError');
  if (error !== undefined) return `what the controller would delete is not known: ${error.type}`;
  if (status?.sync?.status === 'Unknown') return 'what the controller would delete is not known: it could not compare';
  return isComparedToSpec(application) ? undefined : 'what the controller would delete is not known: the specification changed since';
}

function unplannedDeletions({ prune, mayPrune }: SyncRequest, { status }: Application): readonly ObjectRef[] {
  if (!prune) return [];
  const planned = new Set(mayPrune.map(objectKey));
  const candidates = (status?.resources ?? []).filter(({ requiresPruning, hook }) => requiresPruning === true && hook !== true);
  return candidates.map(objectRefOf).filter((ref) => !planned.has(objectKey(ref)));
}

/** The last operation's state must go in the same write: older controllers take its phase, and its fields, for the new one's. */
function patchOf(operation: JsonObject, application: Application): JsonObject {
  return {
    metadata: { resourceVersion: application.metadata.resourceVersion },
    operation,
    status: { operationState: null },
  };
}
