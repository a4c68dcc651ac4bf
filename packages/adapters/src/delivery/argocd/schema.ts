import type { Json, JsonObject as AnyJsonObject } from '@fairlead/domain';
import { z } from 'zod';
import { isJson, isObject } from './normal-json.ts';

const AnyJson = z.custom<Json>(isJson);
const JsonObject = z.custom<AnyJsonObject>((value) => isJson(value) && isObject(value));
const text = z.string().nullish();
const flag = z.boolean().nullish();

/** Exactly what we read of an Application, argoproj.io/v1alpha1; everything else passes unseen. */
const Info = z.object({ name: z.string(), value: z.string() });
const InitiatedBy = z.object({ username: text, automated: flag });

const Operation = z.object({
  info: z.array(Info.nullable()).nullish(),
  initiatedBy: InitiatedBy.nullish(),
  sync: JsonObject.nullish(),
});
export type ArgoCdOperation = z.infer<typeof Operation>;

const SyncResultResource = z.object({
  group: text,
  version: text,
  kind: z.string(),
  namespace: text,
  name: z.string(),
  status: text,
  message: text,
  hookType: text,
  hookPhase: text,
});

export type ArgoCdSyncResult = z.infer<typeof SyncResultResource>;

const OperationState = z.object({
  operation: Operation.nullish(),
  phase: text,
  message: text,
  startedAt: text,
  finishedAt: text,
  retryCount: z.number().nullish(),
  syncResult: z
    .object({ revision: text, revisions: z.array(z.string()).nullish(), resources: z.array(SyncResultResource).nullish() })
    .nullish(),
});
export type ArgoCdOperationState = z.infer<typeof OperationState>;

const Resource = z.object({
  group: text,
  version: text,
  kind: z.string(),
  namespace: text,
  name: z.string(),
  status: text,
  health: z.object({ status: text }).nullish(),
  hook: flag,
  requiresPruning: flag,
  requiresDeletionConfirmation: flag,
});
export type ArgoCdResource = z.infer<typeof Resource>;

const Health = z.object({ status: text, message: text, lastTransitionTime: text });
export type ArgoCdHealth = z.infer<typeof Health>;

const Condition = z.object({ type: z.string(), message: z.string().default(''), lastTransitionTime: text });
export type ArgoCdCondition = z.infer<typeof Condition>;

/** What the hydrator did, or does: which commit of the dry branch became which of the one that is synced. */
const HydrateOperation = z.object({ phase: text, message: text, drySHA: text, hydratedSHA: text });
export type HydrateOperation = z.infer<typeof HydrateOperation>;

const Status = z.object({
  sync: z.object({ status: text, revision: text, revisions: z.array(z.string()).nullish(), comparedTo: JsonObject.nullish() }).nullish(),
  health: Health.nullish(),
  operationState: OperationState.nullish(),
  reconciledAt: text,
  conditions: z.array(Condition).nullish(),
  resources: z.array(Resource).nullish(),
  sourceType: text,
  controllerNamespace: text,
  sourceHydrator: z.object({ currentOperation: HydrateOperation.nullish(), lastSuccessfulOperation: HydrateOperation.nullish() }).nullish(),
  summary: z.object({ images: z.array(z.string()).nullish(), isAppOfApps: flag }).nullish(),
});

const Spec = z.object({
  project: text,
  sourceHydrator: z
    .object({ drySource: JsonObject.nullish(), syncSource: JsonObject.nullish(), hydrateTo: JsonObject.nullish() })
    .nullish(),
  source: JsonObject.nullish(),
  sources: z.array(JsonObject).nullish(),
  destination: JsonObject,
  ignoreDifferences: z.array(AnyJson).nullish(),
  syncPolicy: z
    .object({ automated: z.object({ enabled: flag }).nullish(), syncOptions: z.array(z.string()).nullish(), retry: JsonObject.nullish() })
    .nullish(),
});
export type ArgoCdSpec = z.infer<typeof Spec>;

export const Application = z.object({
  metadata: z.object({
    name: z.string().min(1),
    namespace: z.string().min(1),
    uid: z.string().min(1),
    resourceVersion: z.string().min(1),
    annotations: z.record(z.string(), z.string()).nullish(),
    labels: z.record(z.string(), z.string()).nullish(),
    finalizers: z.array(z.string()).nullish(),
    deletionTimestamp: text,
    ownerReferences: z.array(z.object({ kind: z.string(), name: z.string() })).nullish(),
  }),
  spec: Spec,
  operation: Operation.nullish(),
  status: Status.nullish(),
});
export type Application = z.infer<typeof Application>;

const SyncWindow = z.object({
  kind: text,
  schedule: text,
  duration: text,
  timeZone: text,
  applications: z.array(z.string()).nullish(),
  namespaces: z.array(z.string()).nullish(),
  clusters: z.array(z.string()).nullish(),
  andOperator: flag,
  manualSync: flag,
  description: text,
});
export type ArgoCdSyncWindow = z.infer<typeof SyncWindow>;

/** What we read of an AppProject. */
export const AppProject = z.object({ spec: z.object({ syncWindows: z.array(SyncWindow).nullish() }) });

/** What a workload runs. */
export const RunningImages = z.object({
  spec: z.object({ template: z.object({ spec: z.object({ containers: z.array(z.object({ image: text })) }) }) }),
});

/** What a search reads of an Application: one whose status has an unknown shape is found all the same. */
export const FoundApplication = z.object({
  metadata: z.object({ name: z.string().min(1), namespace: z.string().min(1) }),
  spec: Spec,
});
export type FoundApplication = z.infer<typeof FoundApplication>;

/** The status again, whole, for its digest. */
export const RawApplication = z.object({ status: AnyJson.default(null) });
