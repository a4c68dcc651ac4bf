export * from './file-log-key.ts';
export * from './file-secret-hash.ts';
export * from './file-signer.ts';
export * from './secret-hash.ts';
