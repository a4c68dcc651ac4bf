export type * from './contract.ts';
export * from './delivery-contract.ts';
export * from './forge-contract.ts';
export * from './memory-local-changes.ts';
export * from './memory-tree.ts';
