import { kubernetesClusters } from '@fairlead/adapters/cluster/kubernetes';
import { FairleadError, InvalidError, secretSource, type Installation } from '@fairlead/domain';
import type { Environment } from '../config/env.ts';
import { readSecret } from '../config/secrets.ts';

type Clusters = ReturnType<typeof kubernetesClusters>;

/** Every kubeconfig is tried before anything starts: all that can't be used are named at once. */
export async function clustersOf({ spec }: Installation, env: Environment): Promise<Clusters> {
  const clusters = kubernetesClusters({ clusters: await Promise.all(spec.clusters.map((cluster) => clusterOptions(cluster, env))) });
  const faults = spec.clusters.flatMap(({ name }) => {
    try {
      clusters.kubeConfig(name);
      return [];
    } catch (error) {
      if (error instanceof FairleadError) return [error];
      throw error;
    }
  });
  const [first, ...more] = faults;
  if (first === undefined) return clusters;
  if (more.length === 0) throw first;
  const hint = faults.map((fault) => fault.hint ?? '').join('; ');
  throw new InvalidError('kubeconfig-unusable', faults.map(({ message }) => message).join('; '), { hint });
}

async function clusterOptions(
  { name, kubeconfig, context, server, allowExec }: Installation['spec']['clusters'][number],
  env: Environment,
): Promise<Parameters<typeof kubernetesClusters>[0]['clusters'][number]> {
  return {
    name,
    kubeconfig: await kubeconfigOf(kubeconfig, env),
    ...(context === undefined ? {} : { context }),
    ...(server === undefined ? {} : { server }),
    allowExec,
  };
}

/** By its path where it is a file: what it names by a relative path lies beside it. */
async function kubeconfigOf(
  reference: Installation['spec']['clusters'][number]['kubeconfig'],
  env: Environment,
): Promise<Parameters<typeof kubernetesClusters>[0]['clusters'][number]['kubeconfig']> {
  if (reference === undefined) return { kind: 'in-cluster' };
  const source = secretSource(reference);
  if (source.kind === 'file') return { kind: 'file', path: source.path };
  return { kind: 'text', text: await readSecret(reference, env.variables) };
}
