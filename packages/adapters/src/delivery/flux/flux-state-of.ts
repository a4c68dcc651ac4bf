import type { FluxState } from '@fairlead/domain';
import { redact } from '../../http/redact.ts';
import type { AnyFluxObject, FluxConditionSchema } from './schema.ts';

export const requestedAt = 'reconcile.fluxcd.io/requestedAt';

/** What an object says of its own reconciliation. */
export function fluxStateOf({ metadata, spec, status }: AnyFluxObject): FluxState {
  const asked = metadata.annotations?.[requestedAt];
  return {
    generation: metadata.generation,
    ...present('observedGeneration', status?.observedGeneration),
    suspended: spec.suspend === true,
    conditions: (status?.conditions ?? []).map(conditionOf),
    ...present('requestedAt', asked),
    ...present('handledAt', status?.lastHandledReconcileAt),
  };
}

function conditionOf({
  type,
  status,
  reason,
  message,
  observedGeneration,
  lastTransitionTime,
}: FluxConditionSchema): FluxState['conditions'][number] {
  return {
    type,
    status,
    reason,
    message: redact(message),
    ...present('observedGeneration', observedGeneration),
    ...present('at', lastTransitionTime),
  };
}

/** A field that is there only where it says something. */
export function present<Key extends string, Value>(key: Key, value: Value | null | undefined): Partial<Record<Key, Value>> {
  const field: Partial<Record<Key, Value>> = {};
  if (value !== undefined && value !== null && value !== '') field[key] = value;
  return field;
}
