import { objectRefOf, type JsonObject } from '@fairlead/domain';
import { z } from 'zod';
import type { WorkloadRef } from '../workload-ref.ts';

export interface OwnWorkload extends WorkloadRef {
  /** Of its containers, the initial ones too. */
  readonly containers: readonly string[];
}

const Named = z.array(z.object({ name: z.string() })).default([]);
const Workload = z.object({
  spec: z.object({
    replicas: z.int().default(1),
    template: z.object({ spec: z.object({ containers: Named, initContainers: Named }) }),
  }),
});
const kinds = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;

/** Where a container is put in by hand: the first Deployment that runs, else the first of the other kinds. */
export function ownWorkload(objects: readonly JsonObject[], destination: string): OwnWorkload | undefined {
  for (const kind of kinds) {
    for (const object of objects) {
      const ref = objectRefOf(object);
      if (ref.group !== 'apps' || ref.kind !== kind) continue;
      const read = Workload.safeParse(object);
      if (!read.success || read.data.spec.replicas === 0) continue;
      const { containers, initContainers } = read.data.spec.template.spec;
      const names = [...containers, ...initContainers].map(({ name }) => name);
      return { kind, namespace: ref.namespace ?? destination, name: ref.name, containers: names };
    }
  }
  return undefined;
}
