export * from './file-bundles.ts';
