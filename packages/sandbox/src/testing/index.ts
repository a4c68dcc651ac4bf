export { kubernetesContract } from '../kubernetes/contract/kubernetes-contract.ts';
export { openWorld, type ContractWorld } from '../kubernetes/contract/contract-world.ts';
export { type ContractCase } from '../kubernetes/contract/contract-case.ts';
export { clusterUnderTest, type ClusterUnderTest } from './cluster-under-test.ts';
export { kubeClient, type KubeClient } from '../kube/kube-client.ts';
export { folderState } from './folder-state.ts';
