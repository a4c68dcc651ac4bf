export type * from './contract.ts';
export * from './forge-contract.ts';
export * from './memory-local-changes.ts';
