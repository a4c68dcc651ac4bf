import { z } from 'zod';

/** Who delivers. */
export const Controller = z.enum(['argocd', 'flux']);
export type Controller = z.infer<typeof Controller>;

/** The controller object that delivers an environment, and where it lives: an Argo CD Application, a Flux Kustomization. */
export const DeliveryTarget = z.object({ controller: Controller, cluster: z.string(), namespace: z.string(), name: z.string() }).readonly();
export type DeliveryTarget = z.infer<typeof DeliveryTarget>;

/** The kind of a controller's own objects. */
export const controllerKind = { argocd: 'Application', flux: 'Kustomization' } as const satisfies Record<Controller, string>;
