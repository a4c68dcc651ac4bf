export * from './ulid-ids.ts';
