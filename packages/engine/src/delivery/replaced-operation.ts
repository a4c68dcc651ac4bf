import { objectKey, operationInfo, type DeliveryObservation, type JsonObject, type ObservedOperation } from '@fairlead/domain';

/** The controller's account of its last operation, for the record: a new one takes its place, and Argo CD keeps no other that tells results. */
export function replacedOperation(seen: DeliveryObservation): JsonObject | null {
  if (seen.kind === 'absent' || seen.controller !== 'argocd' || seen.operation === undefined) return null;
  const { phase, message, startedAt, finishedAt, asked, revisions, resources } = seen.operation;
  return {
    ...initiator(seen.operation),
    phase,
    message,
    startedAt: startedAt ?? null,
    finishedAt: finishedAt ?? null,
    asked,
    revisions,
    results: resources.map(({ ref, status, message: said, hook }) => ({
      object: objectKey(ref),
      status,
      message: said,
      hook: hook ?? null,
    })),
    raw: seen.raw,
  };
}

function initiator({ info, initiatedBy }: ObservedOperation): JsonObject {
  return {
    operation: info[operationInfo.operation] ?? null,
    by: initiatedBy?.username ?? null,
    automated: initiatedBy?.automated ?? false,
  };
}
