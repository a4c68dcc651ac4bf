import type { Kysely } from 'kysely';
import type { Schema } from '../schema.ts';

/** The database, or a transaction on it. */
export type Queries = Kysely<Schema>;
