import type { z } from 'zod';
import { foreignId } from '../document/label.ts';

/** The database schema that a release expects, as the service reports it. */
export const SchemaId = foreignId('schema id').brand<'SchemaId'>();
export type SchemaId = z.infer<typeof SchemaId>;

/** The seed data that a release expects, as the service reports it. */
export const SeedId = foreignId('seed id').brand<'SeedId'>();
export type SeedId = z.infer<typeof SeedId>;
