import { z } from 'zod';
import { EnvironmentId } from '../environment/environment-id.ts';
import { ActorId } from '../evidence/actor.ts';
import type { JsonObject } from '../document/json.ts';
import { DeliveryTarget } from './delivery-target.ts';

/** A target that its controller is kept from, by a recorded act. After `until` it is about to be lifted. */
export const Suspension = z
  .object({
    environment: EnvironmentId,
    target: DeliveryTarget,
    reason: z.string(),
    by: ActorId,
    /** RFC 3339, as is `until`. */
    since: z.string(),
    until: z.string(),
  })
  .readonly();
export type Suspension = z.infer<typeof Suspension>;

/** Both acts as records have them. */
const Act = z.discriminatedUnion('action', [
  z.object({ action: z.literal('suspend'), target: z.string(), at: z.string(), reason: z.string(), until: z.string() }),
  z.object({ action: z.literal('resume'), target: z.string() }),
]);

const Suspended = z.object({ environment: EnvironmentId, actor: z.object({ id: ActorId }) });

/** What is suspended after these acts, given oldest first: the last one on each target counts. */
export function suspensionsAfter(acts: readonly JsonObject[]): readonly Suspension[] {
  const inForce = new Map<string, Suspension>();
  for (const body of acts) {
    const act = Act.safeParse(body);
    if (!act.success) continue;
    inForce.delete(act.data.target);
    if (act.data.action === 'resume') continue;
    const { at, reason, until, target } = act.data;
    const { environment, actor } = Suspended.parse(body);
    inForce.set(target, { environment, target: DeliveryTarget.parse(body), reason, by: actor.id, since: at, until });
  }
  return [...inForce.values()];
}
