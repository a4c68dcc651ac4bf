export type * from './contract.ts';
export * from './cluster-contract.ts';
export type { ClusterWorld } from './cluster-world.ts';
export * from './delivery-contract.ts';
export * from './forge-contract.ts';
export * from './git-contract.ts';
export * from './memory-git.ts';
export * from './memory-local-changes.ts';
export * from './memory-tree.ts';
