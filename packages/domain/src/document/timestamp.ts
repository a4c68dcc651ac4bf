import { z } from 'zod';

const written = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/;
const expected = 'expected a time as in 2026-11-23T10:00:00Z (RFC 3339, UTC)';

/** A moment, RFC 3339 in UTC. The spelling is kept, since it is part of digests. */
export const Timestamp = z
  .string()
  .regex(written, { error: expected, abort: true })
  .refine(isOnTheCalendar, { error: 'expected a moment that exists' })
  .meta({ format: 'date-time' })
  .brand<'Timestamp'>();
export type Timestamp = z.infer<typeof Timestamp>;

/** The language moves 30 February to March, so the date must come back as it went in. */
function isOnTheCalendar(text: string): boolean {
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 19) === text.slice(0, 19);
}
