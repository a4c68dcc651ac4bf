export { kubernetesClusters, type KubernetesClusters } from './kubernetes-cluster.ts';
export type { ClusterOptions, KubeconfigSource, KubernetesClustersOptions } from './options.ts';
export type { ClusterExamination } from './examine-cluster.ts';
export type { AccessQuestion } from './access-reviews.ts';
