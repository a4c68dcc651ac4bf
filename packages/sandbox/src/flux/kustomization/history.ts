import { isJsonObject, numberAt, textAt, type Json, type JsonObject } from '../../json/json.ts';
import { formatGoDuration } from '../../kube/go-duration.ts';
import { timestamp } from '../../kube/timestamp.ts';

export interface Reconciled {
  /** Of what was built. */
  readonly digest: string;
  readonly status: string;
  readonly now: Date;
  readonly durationMs: number;
  readonly metadata: JsonObject;
}

const kept = 5;

/** The history with one reconciliation more, the newest first: the same content with the same outcome is counted, not repeated. */
export function withReconciled(history: readonly Json[], { digest, status, now, durationMs, metadata }: Reconciled): readonly Json[] {
  const isSame = (entry: Json): boolean => textAt(entry, 'digest') === digest && textAt(entry, 'lastReconciledStatus') === status;
  const before = history.find(isSame);
  const entry = {
    digest,
    firstReconciled: textAt(before, 'firstReconciled') ?? timestamp(now),
    lastReconciled: timestamp(now),
    lastReconciledDuration: formatGoDuration(durationMs),
    lastReconciledStatus: status,
    metadata,
    totalReconciliations: (numberAt(before, 'totalReconciliations') ?? 0) + 1,
  };
  return [entry, ...history.filter((other) => isJsonObject(other) && !isSame(other))].slice(0, kept);
}
