export { kubernetesClusters, type KubernetesClusters } from './kubernetes-cluster.ts';
export type { ClusterOptions, KubeconfigSource, KubernetesClustersOptions } from './options.ts';
