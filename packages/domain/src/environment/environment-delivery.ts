import { z } from 'zod';
import { ClusterName } from '../installation/cluster-name.ts';
import { Namespace, ObjectName } from './object-name.ts';

/** The Argo CD Application that delivers an environment. `cluster` is where the Application lives; the workloads' cluster is in its `spec.destination`. */
export const ArgoCdTarget = z.strictObject({ cluster: ClusterName, namespace: Namespace, application: ObjectName }).readonly();
export type ArgoCdTarget = z.infer<typeof ArgoCdTarget>;

/** The Flux Kustomization that delivers an environment, and the cluster where it lives. */
export const FluxTarget = z.strictObject({ cluster: ClusterName, namespace: Namespace, kustomization: ObjectName }).readonly();
export type FluxTarget = z.infer<typeof FluxTarget>;

const order = z.enum(['one-by-one', 'together']).default('one-by-one');

/** Who delivers, where to, and in which order; the environment is ready when every target is. */
export const EnvironmentDelivery = z.discriminatedUnion('controller', [
  z
    .strictObject({
      controller: z.literal('argocd'),
      targets: z.array(ArgoCdTarget).min(1).check(distinct('application')).readonly(),
      order,
    })
    .readonly(),
  z
    .strictObject({ controller: z.literal('flux'), targets: z.array(FluxTarget).min(1).check(distinct('kustomization')).readonly(), order })
    .readonly(),
]);
export type EnvironmentDelivery = z.infer<typeof EnvironmentDelivery>;

function distinct<K extends string>(object: K): z.core.$ZodCheck<readonly ({ cluster: string; namespace: string } & Record<K, string>)[]> {
  return z.superRefine((targets, context) => {
    const seen = new Set<string>();
    for (const [index, target] of targets.entries()) {
      const id = `${target.cluster}/${target.namespace}/${target[object]}`;
      if (seen.has(id)) context.addIssue({ code: 'custom', message: `target ${id} is given twice`, path: [index] });
      seen.add(id);
    }
  });
}
