import { z } from 'zod';
import type { Json } from './json.ts';

/** A value without a schema of ours. */
export const FreeValue = z.custom<Json>(isJson, 'expected a value that JSON can hold');

/** A map without a schema of ours. */
export const FreeMap = z.record(z.string(), FreeValue).readonly();
export type FreeMap = z.infer<typeof FreeMap>;

function isJson(value: unknown): boolean {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value === 'object' && Object.values(value).every(isJson);
}
