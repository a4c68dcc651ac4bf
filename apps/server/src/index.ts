export * from './config/config.ts';
export * from './config/env.ts';
export * from './stopped-ledger.ts';
export * from './log.ts';
export * from './start-server.ts';
