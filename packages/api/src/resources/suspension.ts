import { DeliveryTarget, Suspension } from '@fairlead/domain';
import { z } from 'zod';
import { listOf } from './list.ts';

export const SuspensionList = listOf('SuspensionList', Suspension);

/** `target`: as `cluster/namespace/name`, where the environment has several. `until`: RFC 3339 UTC, bounded by policy. */
export const SuspendTarget = z.strictObject({
  target: z.string().min(1).max(500).optional(),
  reason: z.string().min(3).max(2000),
  until: z.iso.datetime(),
  dryRun: z.boolean().optional(),
});

/** `planned` for a dry run; `exists` where the same is in force. A refused one is a problem that says why. */
export const SuspendedTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('suspended'), suspension: Suspension }),
  z.object({ kind: z.literal('exists'), suspension: Suspension }),
  z.object({ kind: z.literal('planned'), target: DeliveryTarget, until: z.string() }),
]);

export const ResumeTarget = SuspendTarget.omit({ until: true });

/** `not-suspended`: nothing kept its controller from it. */
export const ResumedTarget = z.object({ kind: z.enum(['resumed', 'not-suspended', 'planned']), target: DeliveryTarget });
