import { z } from 'zod';

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A whole number and a unit: `10s`, `5m`, `24h`, `7d`. A day is 24 hours. */
export const Duration = z
  .string()
  .regex(/^[1-9]\d{0,5}[smhd]$/, 'expected a duration such as 10s, 5m, 24h or 7d')
  .brand<'Duration'>();
export type Duration = z.infer<typeof Duration>;

export function durationMs(duration: Duration): number {
  const unit = z.enum(['s', 'm', 'h', 'd']).parse(duration.slice(-1));
  return Number(duration.slice(0, -1)) * unitMs[unit];
}
