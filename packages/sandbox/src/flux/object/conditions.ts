import { at, listAt, numberAt, textAt, type Json, type JsonObject } from '../../json/json.ts';
import { timestamp } from '../../kube/timestamp.ts';

type ConditionStatus = 'True' | 'False' | 'Unknown';

/** A condition as a controller wants it to stand. */
export interface Mark {
  readonly type: string;
  readonly status: ConditionStatus;
  readonly reason: string;
  readonly message: string;
}

export interface FluxCondition extends Mark {
  readonly observedGeneration: number;
  readonly lastTransitionTime: string;
}

export function readConditions(status: JsonObject): readonly FluxCondition[] {
  return listAt(status, 'conditions').map(readCondition);
}

function readCondition(condition: Json): FluxCondition {
  const text = (name: string): string => textAt(condition, name) ?? '';
  const status = at(condition, 'status');
  return {
    lastTransitionTime: text('lastTransitionTime'),
    message: text('message'),
    observedGeneration: numberAt(condition, 'observedGeneration') ?? 0,
    reason: text('reason'),
    status: status === 'True' || status === 'False' ? status : 'Unknown',
    type: text('type'),
  };
}

/** The conditions with one set anew: its time moves only when something other than the generation changes. */
export function withCondition(
  conditions: readonly FluxCondition[],
  mark: Mark,
  { generation, now }: { readonly generation: number; readonly now: Date },
): readonly FluxCondition[] {
  const before = conditions.find(({ type }) => type === mark.type);
  const isSame = before?.status === mark.status && before.reason === mark.reason && before.message === mark.message;
  const lastTransitionTime = isSame ? before.lastTransitionTime : timestamp(now);
  const { type, status, reason, message } = mark;
  const set = { lastTransitionTime, message, observedGeneration: generation, reason, status, type };
  return [...conditions.filter((condition) => condition.type !== mark.type), set].toSorted(inFluxOrder);
}

export function withoutCondition(conditions: readonly FluxCondition[], type: string): readonly FluxCondition[] {
  return conditions.filter((condition) => condition.type !== type);
}

const first = ['Stalled', 'Reconciling', 'Ready'];

/** What kubectl should show first, then the most recently observed. */
function inFluxOrder(left: FluxCondition, right: FluxCondition): number {
  const [before, after] = [first.indexOf(left.type), first.indexOf(right.type)];
  if (before !== -1 && after !== -1) return before - after;
  if (before !== -1 || after !== -1) return before === -1 ? 1 : -1;
  if (left.observedGeneration !== right.observedGeneration) return right.observedGeneration - left.observedGeneration;
  return left.type < right.type ? -1 : 1;
}
