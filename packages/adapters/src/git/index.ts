export * from './checkout-commits.ts';
export * from './checkout-files.ts';
export * from './find-repository.ts';
export * from './git-repository.ts';
export type * from './options.ts';
export * from './path-history.ts';
export * from './remote-bases.ts';
export * from './working-tree-snapshot.ts';
