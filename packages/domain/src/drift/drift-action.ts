import { z } from 'zod';
import { ObjectRef } from '../desired-state/object-ref.ts';
import { EnvironmentId } from '../environment/environment-id.ts';
import { Actor } from '../evidence/actor.ts';
import { OperationId } from '../promotion/promotion-id.ts';
import { DriftId } from './drift-item.ts';

/** `a-<ulid>`. */
export const DriftActionId = z
  .string()
  .regex(/^a-[0-9a-hjkmnp-tv-z]{26}$/, 'expected a- and a lower-case ULID')
  .brand<'DriftActionId'>();
export type DriftActionId = z.infer<typeof DriftActionId>;

/** `apply`: as any sync does. `replace`: the whole object becomes what Git says, which takes away what nobody declared. `remove`: we take exactly that away, where a
 *  replacement would take more; the controller applies the rest. `prune`: the object goes. */
export const ReconcileHow = z.enum(['apply', 'replace', 'remove', 'prune']);
export type ReconcileHow = z.infer<typeof ReconcileHow>;

/** What a person decided to do about differences of one target, and what came of it. `reconcile`: live goes back to what Git says. `adopt`: a change that takes
 *  the live value into Git is opened. */
export const DriftAction = z
  .object({
    id: DriftActionId,
    environment: EnvironmentId,
    target: z.string(),
    kind: z.enum(['reconcile', 'adopt']),
    object: ObjectRef,
    /** Of a reconciliation: what the controller is asked to do with the object. */
    how: ReconcileHow.exactOptional(),
    drift: z.array(DriftId).min(1).readonly(),
    reason: z.string(),
    requestedBy: Actor,
    requestedAt: z.string(),
    status: z.enum(['requested', 'running', 'done', 'failed']),
    operation: OperationId.exactOptional(),
    change: z.object({ number: z.int(), url: z.string() }).readonly().exactOptional(),
    /** What came of it, for people. */
    detail: z.string().exactOptional(),
    endedAt: z.string().exactOptional(),
  })
  .readonly();
export type DriftAction = z.infer<typeof DriftAction>;
