import { z } from 'zod';

/** Exactly what we read of a Pod. */
const ContainerStatus = z.object({
  name: z.string(),
  image: z.string().default(''),
  imageID: z.string().default(''),
  ready: z.boolean().default(false),
  state: z.object({ terminated: z.unknown().optional() }).optional(),
});
export type PodContainerStatus = z.infer<typeof ContainerStatus>;

const Container = z.object({ name: z.string(), image: z.string().default('') });
export type PodContainer = z.infer<typeof Container>;

const Owner = z.object({ kind: z.string(), name: z.string(), controller: z.boolean().optional() });

export const Pod = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    deletionTimestamp: z.unknown().optional(),
    ownerReferences: z.array(Owner).optional(),
  }),
  spec: z.object({
    containers: z.array(Container).default([]),
    initContainers: z.array(Container).default([]),
    ephemeralContainers: z.array(Container).default([]),
  }),
  status: z
    .object({
      phase: z.string().optional(),
      containerStatuses: z.array(ContainerStatus).default([]),
      initContainerStatuses: z.array(ContainerStatus).default([]),
      ephemeralContainerStatuses: z.array(ContainerStatus).default([]),
    })
    .prefault({}),
});
export type Pod = z.infer<typeof Pod>;
