import type { Json, JsonObject, ProfileConstraint } from '@fairlead/domain';

/** What a constraint may speak of, beside the objects. */
export interface ConstraintContext {
  readonly environment: JsonObject;
  readonly release: JsonObject;
  readonly params: JsonObject;
}

export interface ConstraintsToEvaluate {
  readonly constraints: readonly Pick<ProfileConstraint, 'id' | 'cel'>[];
  /** As rendered, in that order. */
  readonly objects: readonly JsonObject[];
  readonly context: ConstraintContext;
}

/** `object`: its place in the list; absent where the constraint is about all objects together. */
export interface ConstraintFailure {
  readonly object?: number;
  /** Why there is no answer, in the words of the evaluator; absent: the answer is `false`. */
  readonly error?: string;
  /** In the expression, of what can't be evaluated. */
  readonly offset?: number;
}

export type ConstraintVerdict =
  | { readonly id: string; readonly kind: 'judged'; readonly failures: readonly ConstraintFailure[] }
  /** It can't be parsed, or its types don't fit. `offset` is in the expression, in UTF-16 units. */
  | { readonly id: string; readonly kind: 'unusable'; readonly message: string; readonly offset: number }
  | { readonly id: string; readonly kind: 'exhausted'; readonly limit: string };

export type SchemaVerdict =
  /** `value` with the schema's defaults. */
  | { readonly kind: 'valid'; readonly value: JsonObject }
  /** `pointer` is in the value. */
  | { readonly kind: 'invalid'; readonly faults: readonly { readonly pointer: string; readonly message: string }[] }
  | { readonly kind: 'unusable'; readonly message: string }
  | { readonly kind: 'exhausted'; readonly limit: string };

/** Evaluates what people wrote (CEL, JSON Schema draft 2020-12 with its regular expressions) without giving it any reach: bounded in time and
 *  memory, nothing fetched, no clock. Never throws for what they wrote. */
export interface Evaluator {
  /** Whether a value is as the schema says. A `$ref` to anywhere else makes the schema unusable. */
  validate(schema: Json, value: JsonObject): Promise<SchemaVerdict>;
  /** One verdict for each constraint, in their order. One that speaks of `object` is judged for each object, others once. */
  judge(request: ConstraintsToEvaluate): Promise<readonly ConstraintVerdict[]>;
}
