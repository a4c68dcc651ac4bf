import type { Clock } from '@fairlead/engine';
import { RefusedError } from './problem.ts';

const windowMs = 60_000;
const allowed = 20;

/** At most 20 sign-ins a minute from one address; a code has 256 bits, so this only keeps the noise down. */
export function signInLimit(clock: Clock): (address: string) => void {
  const seen = new Map<string, readonly number[]>();
  return (address) => {
    const now = clock.now().getTime();
    for (const [known, times] of seen) if ((times.at(-1) ?? 0) < now - windowMs) seen.delete(known);
    const recent = (seen.get(address) ?? []).filter((time) => time >= now - windowMs);
    if (recent.length >= allowed) {
      throw new RefusedError(
        { code: 'too-many-sign-ins', status: 429, message: 'too many sign-ins from this address' },
        { hint: 'wait a minute' },
      );
    }
    seen.set(address, [...recent, now]);
  };
}
