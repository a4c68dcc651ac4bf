import { compact, at, isJsonObject, objectAt, textAt, without, type Json, type JsonObject } from '../../json/json.ts';
import { type HealthStatus } from '../health/health.ts';
import { appSources, revisionFields, sourceFields, type AppSources } from './app-sources.ts';
import { conditionRows, type AppCondition } from './conditions.ts';
import { type SyncStatus } from './compare-app.ts';
import { timestamp } from '../../kube/timestamp.ts';

/** What one comparison found. */
export interface CompareFinding {
  readonly sync: SyncStatus;
  /** Undefined: leave what was known. */
  readonly health: HealthStatus;
  readonly sources: AppSources;
  /** A commit each; the wanted revisions as written when a source couldn't be loaded. */
  readonly revisions: readonly string[];
  readonly resources: readonly JsonObject[];
  readonly images: readonly string[];
  /** One per source; nothing of sources that couldn't be loaded. */
  readonly sourceTypes: readonly string[];
  readonly conditions: readonly AppCondition[];
}

export interface CompareMoment {
  readonly controllerNamespace: string;
  readonly startedAt: Date;
  readonly now: Date;
  /** A comparison that a change of live objects caused moves no `reconciledAt`. */
  readonly movesReconciledAt: boolean;
}

/** The whole status after a comparison. What other loops own (operation state, history) is carried over. */
export function statusAfterCompare(application: Json, finding: CompareFinding, moment: CompareMoment): JsonObject {
  const before = statusBefore(application);
  const { controllerNamespace, startedAt, now, movesReconciledAt } = moment;
  const reconciledAt = textAt(before, 'reconciledAt');
  return {
    ...without(before, 'conditions', 'resources', 'sourceType', 'sourceTypes', 'summary'),
    ...compact({
      conditions: orAbsent(conditionRows(finding.conditions, before, now)),
      resources: orAbsent(finding.resources),
      ...(finding.sources.several ? { sourceTypes: orAbsent(finding.sourceTypes) } : { sourceType: finding.sourceTypes[0] }),
      summary: finding.images.length === 0 ? undefined : { images: finding.images },
    }),
    controllerNamespace,
    health: healthAfter(before, finding.health, now),
    reconciledAt: movesReconciledAt || reconciledAt === undefined ? timestamp(startedAt) : reconciledAt,
    resourceHealthSource: 'appTree',
    sync: { comparedTo: comparedTo(application), ...revisionFields(finding.sources, finding.revisions), status: finding.sync },
  };
}

/** The status of an application whose project or cluster doesn't exist: nothing could be compared. */
export function statusAfterInvalidSpec(application: Json, conditions: readonly AppCondition[], now: Date): JsonObject {
  const before = statusBefore(application);
  return {
    ...before,
    conditions: conditionRows(conditions, before, now),
    health: healthAfter(before, 'Unknown', now),
    sync: { status: 'Unknown' },
  };
}

function statusBefore(application: Json): JsonObject {
  const status = at(application, 'status');
  return isJsonObject(status) ? status : {};
}

function healthAfter(before: JsonObject, status: HealthStatus, now: Date): JsonObject {
  const since = textAt(before, 'health', 'lastTransitionTime');
  const same = textAt(before, 'health', 'status') === status;
  return { lastTransitionTime: same && since !== undefined ? since : timestamp(now), status };
}

export function comparedTo(application: Json): JsonObject {
  const copy = (field: string): Json | undefined => at(application, 'spec', field);
  const sources = appSources(objectAt(application, 'spec'));
  return compact({ destination: copy('destination'), ignoreDifferences: copy('ignoreDifferences'), ...sourceFields(sources) });
}

function orAbsent<T extends Json>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}
