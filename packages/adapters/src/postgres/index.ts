export * from './database.ts';
export * from './embedded/embedded-postgres.ts';
export * from './store/local-changes.ts';
export * from './store/postgres-store.ts';
export * from './wakes/claims.ts';
export * from './wakes/promotion-wakes.ts';
