import type { z } from 'zod';
import { UsageError } from './usage-error.ts';

/** Parses a command's words or options by its schema; what is wrong is named by its flag. */
export function parseOptions<T>(schema: z.ZodType<T>, values: unknown): T {
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const flag =
    issue?.path[0] === undefined ? 'arguments' : `--${String(issue.path[0]).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw new UsageError(`${flag}: ${issue?.message ?? 'invalid'}`, 'see --help');
}

/** `30s`, `10m`, `2h` in milliseconds. */
export function durationMsOf(text: string): number {
  const found = /^([1-9]\d{0,5})(s|m|h)$/.exec(text);
  const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };
  const unit = units[found?.[2] ?? ''];
  if (found === null || unit === undefined)
    throw new UsageError(`--timeout: ${JSON.stringify(text)} is no duration`, 'give it as 30s, 10m or 2h');
  return Number(found[1]) * unit;
}
