import { listAt, textAt, type Json, type JsonObject } from '../../json/json.ts';
import { timestamp } from '../../kube/timestamp.ts';

type ConditionType = 'ComparisonError' | 'InvalidSpecError' | 'RepeatedResourceWarning' | 'SyncError';

export interface AppCondition {
  readonly type: ConditionType;
  readonly message: string;
}

/** As `status.conditions` lists them; one that stands unchanged keeps its time. */
export function conditionRows(conditions: readonly AppCondition[], status: Json, now: Date): readonly JsonObject[] {
  return conditions.map(({ type, message }) => {
    const standing = listAt(status, 'conditions').find((row) => textAt(row, 'type') === type && textAt(row, 'message') === message);
    return { lastTransitionTime: textAt(standing, 'lastTransitionTime') ?? timestamp(now), message, type };
  });
}
