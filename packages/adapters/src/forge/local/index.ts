export * from './local-forge.ts';
export type * from './options.ts';
