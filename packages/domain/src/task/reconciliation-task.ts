import { z } from 'zod';
import { ObjectRef } from '../desired-state/object-ref.ts';
import { DriftId } from '../drift/drift-item.ts';
import { EnvironmentId } from '../environment/environment-id.ts';
import { ActorId } from '../evidence/actor.ts';
import { Digest } from '../evidence/digest.ts';

/** `t-<ulid>`. */
export const TaskId = z
  .string()
  .regex(/^t-[0-9a-hjkmnp-tv-z]{26}$/, 'expected t- and a lower-case ULID')
  .brand<'TaskId'>();
export type TaskId = z.infer<typeof TaskId>;

/** The follow-up that a manual change leaves behind: somebody has to say what it was and see it undone, or taken into Git. One for each object, for as long as
 *  it is open; further differences of the object join it. Undoing the change doesn't close it: a person does, with a reason. */
export const ReconciliationTask = z
  .object({
    id: TaskId,
    environment: EnvironmentId,
    target: z.string(),
    object: ObjectRef,
    drift: z.array(DriftId).min(1).readonly(),
    /** Who changed it, as far as the object says: names of managers, which are clients and may lie. */
    managers: z.array(z.string()).readonly(),
    /** The group that has to answer. */
    owner: z.string(),
    openedAt: z.string(),
    dueAt: z.string(),
    closed: z.object({ by: ActorId, at: z.string(), reason: z.string() }).readonly().exactOptional(),
    record: Digest,
  })
  .readonly();
export type ReconciliationTask = z.infer<typeof ReconciliationTask>;
