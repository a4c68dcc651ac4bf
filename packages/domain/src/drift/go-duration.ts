const part = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/gy;

const nanoseconds: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9, m: 6e10, h: 3.6e12 };

/** What Go reads of a duration: `1h0m0s` is `60m`. `undefined` for what is none. */
export function goDuration(text: string): number | undefined {
  const [, sign = '', rest = ''] = /^([+-]?)(.*)$/s.exec(text.trim()) ?? [];
  if (rest === '0') return 0;
  const parts = [...rest.matchAll(part)];
  if (rest === '' || parts.map(([all]) => all).join('') !== rest) return undefined;
  const total = parts.reduce((sum, [, count = '', unit = '']) => sum + Number(count) * (nanoseconds[unit] ?? 0), 0);
  return sign === '-' ? -total : total;
}

/** The same in ms, of a time to wait: a negative one is none. */
export function goDurationMs(text: string): number | undefined {
  const duration = goDuration(text);
  return duration === undefined || duration < 0 ? undefined : duration / 1e6;
}
