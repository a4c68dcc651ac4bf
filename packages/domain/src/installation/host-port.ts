import { z } from 'zod';
import { hostPattern } from '../document/host-pattern.ts';

/** `host:port`; port 0 lets the system choose. */
export const HostPort = z
  .string()
  .regex(new RegExp(String.raw`^${hostPattern}:(?:\d{1,4}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])$`), {
    error: 'expected host:port such as 127.0.0.1:7420',
  })
  .brand<'HostPort'>();
export type HostPort = z.infer<typeof HostPort>;
