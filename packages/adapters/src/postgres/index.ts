export * from './database.ts';
export * from './embedded/embedded-postgres.ts';
