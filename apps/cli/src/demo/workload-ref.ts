import type { ClusterHand } from '@fairlead/sandbox';
import { z } from 'zod';

/** What runs pods of a template. */
export interface WorkloadRef {
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet';
  readonly namespace: string;
  readonly name: string;
}

export function workloadPath({ kind, namespace, name }: WorkloadRef): string {
  return `/apis/apps/v1/namespaces/${namespace}/${kind.toLowerCase()}s/${name}`;
}

/** Where a container stands in a workload, as Fairlead names it. */
export function containerPath(name: string): string {
  return `/spec/template/spec/containers/[name=${name}]`;
}

const Workload = z.object({
  spec: z.object({ template: z.object({ spec: z.object({ containers: z.array(z.object({ name: z.string() })) }) }) }),
});

/** The names of a workload's containers, as the cluster has them. */
export async function containersOf(hand: ClusterHand, workload: WorkloadRef): Promise<readonly string[]> {
  const { spec } = Workload.parse(await hand.get(workloadPath(workload)));
  return spec.template.spec.containers.map(({ name }) => name);
}
