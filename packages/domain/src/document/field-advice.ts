import { z } from 'zod';

/** What to say of fields that people expect but a schema doesn't have; kept apart from the schema, which is published. */
export const fieldAdvice = z.registry<Readonly<Record<string, string>>>();
