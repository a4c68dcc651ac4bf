export * from './file-log-key.ts';
export * from './file-signer.ts';
