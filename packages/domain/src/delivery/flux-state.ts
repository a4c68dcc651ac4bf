/** One of the conditions by which Flux's controllers speak. `observedGeneration` is 0 or absent where a controller doesn't say. */
export interface FluxCondition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
  readonly observedGeneration?: number;
  /** When `status` last changed, RFC 3339. */
  readonly at?: string;
}

/** What all of Flux's objects say of their own reconciliation. */
export interface FluxState {
  readonly generation: number;
  /** -1 or absent until a controller has ended a first look. */
  readonly observedGeneration?: number;
  readonly suspended: boolean;
  readonly conditions: readonly FluxCondition[];
  /** The token of the last request to look again. */
  readonly requestedAt?: string;
  /** The last one that was seen. A suspended object "handles" requests too, and so does one that waits: it proves nothing about what was applied. */
  readonly handledAt?: string;
}

export function conditionOf({ conditions }: Pick<FluxState, 'conditions'>, type: string): FluxCondition | undefined {
  return conditions.find((condition) => condition.type === type);
}

/** It was asked to look again and hasn't answered. */
export function isAsked({ requestedAt, handledAt, suspended }: FluxState): boolean {
  return !suspended && requestedAt !== undefined && requestedAt !== handledAt;
}
