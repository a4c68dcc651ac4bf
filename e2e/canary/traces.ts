/** What every planted value begins with: as short as a message may cut it, and nothing that occurs by itself. */
const stem = 'Kanari7Zq';

/** A value for one place: letters and digits, so that it may stand anywhere. */
export function canary(place: string): string {
  return `${stem}${place}4Wd`;
}

interface Trace {
  readonly how: string;
  readonly text: string;
}

/** In base64 the same letters look otherwise, as they begin at another third of three. */
const inBase64 = [0, 1, 2].map((before): Trace => {
  const whole = Buffer.from(`${'a'.repeat(before)}${stem}`)
    .toString('base64')
    .replace(/=+$/, '');
  return { how: 'base64', text: whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + stem.length) * 8) / 6)) };
});

const traces: readonly Trace[] = [
  { how: 'clear', text: stem.slice(0, 6) },
  ...inBase64,
  { how: 'hex', text: Buffer.from(stem).toString('hex') },
  { how: 'percent', text: [...Buffer.from(stem)].map((byte) => `%${byte.toString(16)}`).join('') },
  { how: 'backwards', text: stem.split('').reverse().join('') },
];

/** How a text shows a planted value, with the text around; nothing where it doesn't. */
export function tracesIn(text: string): readonly string[] {
  const lower = text.toLowerCase();
  return traces.flatMap(({ how, text: trace }) => {
    const at = how === 'base64' ? text.indexOf(trace) : lower.indexOf(trace.toLowerCase());
    return at < 0 ? [] : [`${how}: ${text.slice(Math.max(0, at - 80), at + 80)}`];
  });
}
