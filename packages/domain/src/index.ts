export * from './errors.ts';
export type * from './document/json.ts';
export * from './evidence/digest.ts';
export * from './desired-state/commit-sha.ts';
