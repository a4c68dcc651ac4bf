import { DriftAction, DriftItem, EnvironmentId, FreeValue, ReconcileHow, TargetObservation } from '@fairlead/domain';
import { z } from 'zod';
import { listOf } from './list.ts';

/** A difference between what Git declares and what runs, with what excuses it now. */
export const DriftView = DriftItem.unwrap().extend({ environment: EnvironmentId });
export type DriftView = Readonly<z.infer<typeof DriftView>>;

/** How one target of an environment is looked at; `freshAt`: as of when all of it holds. */
export const ObservationView = z.object({ ...TargetObservation.unwrap().shape, freshAt: z.string().optional() });

export const DriftList = listOf('DriftList', DriftView);
export const ObservationList = listOf('ObservationList', ObservationView);

/** `actions`: what people decided about it and is not done yet. */
export const DriftDetail = z.object({ drift: DriftView, actions: z.array(DriftAction).readonly() });

const Act = { reason: z.string().min(3).max(2000), dryRun: z.boolean().optional() };
export const ReconcileDrift = z.strictObject(Act);
export const AdoptDrift = z.strictObject(Act);

/** `planned` for a dry run. A refused one is a problem `drift-refused`. */
export const ReconciledDrift = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('planned'), how: ReconcileHow, drift: z.array(z.string()).readonly() }),
  z.object({ kind: z.literal('requested'), action: DriftAction }),
]);
export const AdoptedDrift = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('planned'), edits: z.array(FreeValue).readonly() }),
  z.object({ kind: z.literal('opened'), action: DriftAction }),
]);
