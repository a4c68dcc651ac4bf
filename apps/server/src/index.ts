export * from './config/config.ts';
export * from './config/env.ts';
export * from './fsck-ledger.ts';
export * from './log.ts';
export * from './start-server.ts';
