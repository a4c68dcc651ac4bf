import type { Json, JsonObject } from '@fairlead/domain';
import type { ConstraintContext, ConstraintVerdict, SchemaVerdict } from '@fairlead/engine';

/** One thing for the thread to do, as it is posted. */
export type Evaluation =
  | { readonly kind: 'schema'; readonly schema: Json; readonly value: JsonObject }
  | {
      readonly kind: 'constraint';
      readonly id: string;
      readonly cel: string;
      readonly objects: readonly JsonObject[];
      readonly context: ConstraintContext;
    };

/** Without `exhausted`: the thread can't say that of itself. */
export type Evaluated = Exclude<ConstraintVerdict | SchemaVerdict, { readonly kind: 'exhausted' }>;
