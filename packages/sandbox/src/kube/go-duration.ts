const unitMs: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `1h30m` and the like, in milliseconds. */
export function parseGoDuration(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)];
  if (text !== '0' && (parts.length === 0 || parts.map(([part]) => part).join('') !== text))
    throw new Error(`duration '${text}' isn't a number with a unit`);
  return parts.reduce((total, [, amount, unit = '']) => total + Number(amount) * (unitMs[unit] ?? 0), 0);
}

/** Milliseconds as Go prints a duration: `1h0m0s`, `5.04s`, `29.2ms`. */
export function formatGoDuration(ms: number): string {
  if (ms === 0) return '0s';
  if (ms < 1) return `${decimal(ms * 1000)}µs`;
  if (ms < 1000) return `${decimal(ms)}ms`;
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor((ms % 3_600_000) / 60_000);
  const seconds = `${decimal((ms % 60_000) / 1000)}s`;
  if (hours > 0) return `${String(hours)}h${String(minutes)}m${seconds}`;
  return minutes > 0 ? `${String(minutes)}m${seconds}` : seconds;
}

function decimal(value: number): string {
  return String(Number(value.toFixed(6)));
}
