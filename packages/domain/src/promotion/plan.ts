import { z } from 'zod';
import { CommitSha } from '../desired-state/commit-sha.ts';
import { ImageChange } from '../desired-state/container-images.ts';
import { Edit } from '../desired-state/edit.ts';
import { ObjectChange } from '../desired-state/object-change.ts';
import { ObjectRef } from '../desired-state/object-ref.ts';
import { UnprovenRender } from '../desired-state/unproven-render.ts';
import type { JsonObject } from '../document/json.ts';
import { EnvironmentId } from '../environment/environment-id.ts';
import { Digest, digestOf } from '../evidence/digest.ts';
import { PlanRisk } from './plan-risk.ts';

const Rendered = z.object({ digest: Digest, objects: z.int().nonnegative() }).readonly();

/** All that a promotion will do, before it does anything: JSON, printable, the same from the same inputs. `apply` does only what it says. */
export const Plan = z
  .object({
    kind: z.enum(['release', 'config', 'rollback']),
    service: z.string(),
    environment: EnvironmentId,
    release: z.object({ digest: Digest, version: z.string(), commit: CommitSha }).readonly(),
    /** The commit that the edits' ranges belong to. */
    base: CommitSha,
    /** Of what the plan follows from: with the same, another base gives the same plan. */
    inputs: Digest,
    policy: Digest,
    edits: z.array(Edit).readonly(),
    before: z.union([Rendered, z.literal('absent')]),
    after: Rendered,
    changes: z.array(ObjectChange).readonly(),
    images: z.array(ImageChange).readonly(),
    /** What the delivery has to delete. */
    removes: z.array(ObjectRef).readonly(),
    risk: PlanRisk,
    /** Why the controller may render otherwise than this shows; absent where nothing is known of that. */
    unproven: z.array(UnprovenRender).readonly().exactOptional(),
    /** What rendered it, by name, in which version; absent in plans of before. */
    renderer: z.record(z.string(), z.string()).readonly().exactOptional(),
    /** When it was made: the time of its commit. */
    at: z.iso.datetime(),
  })
  .readonly();
export type Plan = z.infer<typeof Plan>;

const asOfTheMoment: ReadonlySet<string> = new Set(['base', 'at', 'unproven', 'renderer'] satisfies readonly (keyof Plan)[]);

/** What the plan says, wherever and whenever it was made: without its base and time, what its controllers said in that moment, and who
 *  rendered the same objects. */
export function plannedContent(plan: Plan | JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(plan).filter(([key]) => !asOfTheMoment.has(key)));
}

export function planDigest(plan: Plan): Digest {
  return digestOf(plannedContent(plan));
}
