import { objectKey, operationInfo, type JsonObject, type ObjectRef, type SyncOutcome, type SyncRequest } from '@fairlead/domain';
import { redact } from '../../http/redact.ts';
import { comparedRevisions, hasSources, sourcesOf } from './application-sources.ts';
import { askedOf, operationOf, pinnedRevisions } from './asked-of.ts';
import { infoOf, isComparedToSpec, isPending, objectRefOf } from './observe-application.ts';
import type { Application } from './schema.ts';

/** What to do about a request, now that the Application looks like this: answer, or write one patch and settle what comes of it. */
type SyncStep =
  | { readonly kind: 'answer'; readonly outcome: SyncOutcome }
  | { readonly kind: 'write'; readonly patch: JsonObject; readonly asked: JsonObject };

export function nextSyncStep(request: SyncRequest, application: Application): SyncStep {
  const asked = askedOf(request, application);
  if (isThere(request, application)) return { kind: 'answer', outcome: { kind: 'already-there', asked } };
  const message = whyBusy(request, application);
  if (message !== undefined) return { kind: 'answer', outcome: { kind: 'busy', message } };
  const objects = unplannedDeletions(request, application);
  if (objects.length > 0) return { kind: 'answer', outcome: { kind: 'prune-not-planned', objects } };
  return { kind: 'write', patch: patchOf(request, application), asked };
}

/** Written once, whichever of the two places it has reached. */
function isThere({ operation: id }: SyncRequest, { operation, status }: Application): boolean {
  return [operation, status?.operationState?.operation].some((written) => infoOf(written)[operationInfo.operation] === id);
}

/** An operation written while another one runs is lost; one written before the first comparison has nowhere to report to. */
function whyBusy(request: SyncRequest, application: Application): string | undefined {
  if (isPending(application)) return whoRuns(application);
  if (!application.status?.sync) return 'the controller has not compared this application yet';
  if (hasSources(application.spec) && !isPinnable(request, application)) {
    return 'the controller has not compared all sources of this application yet, so they can not be pinned';
  }
  return request.prune ? whyCandidatesUnknown(application) : undefined;
}

function whoRuns({ operation, status }: Application): string {
  const state = status?.operationState;
  const by = (state?.operation ?? operation)?.initiatedBy?.username ?? 'somebody unnamed';
  return [`an operation by ${by} is running`, redact(state?.message ?? '')].filter((part) => part !== '').join(': ');
}

function isPinnable({ revision }: SyncRequest, application: Application): boolean {
  const compared = comparedRevisions(application);
  const pinned = pinnedRevisions(revision, application);
  return compared.length === sourcesOf(application.spec).length && pinned.includes(revision) && !pinned.includes('');
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
function patchOf(request: SyncRequest, application: Application): JsonObject {
  return {
    metadata: { resourceVersion: application.metadata.resourceVersion },
    operation: operationOf(request, application),
    status: { operationState: null },
  };
}
