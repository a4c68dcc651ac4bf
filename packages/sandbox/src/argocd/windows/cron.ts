interface Field {
  readonly low: number;
  readonly high: number;
  readonly names?: readonly string[];
}

const fields: readonly Field[] = [
  { low: 0, high: 59 },
  { low: 0, high: 23 },
  { low: 1, high: 31 },
  { low: 1, high: 12, names: ['', 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  { low: 0, high: 7, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

const named: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/** A schedule of five fields: whether it fires in the minute of a wall-clock time, given as if it were UTC. */
export type CronSchedule = (wallClock: Date) => boolean;

export function parseCron(expression: string): CronSchedule {
  const parts = (named[expression.trim()] ?? expression).trim().split(/\s+/);
  if (parts.length !== fields.length) throw new Error(`schedule '${expression}' doesn't have five fields`);
  const allowed = fields.map((field, index) => parseField(parts[index] ?? '*', field));
  const restricted = [2, 4].every((index) => parts[index] !== '*' && parts[index] !== '?');
  return (time) => {
    const now = [time.getUTCMinutes(), time.getUTCHours(), time.getUTCDate(), time.getUTCMonth() + 1, time.getUTCDay()];
    const [minute, hour, day, month, weekday] = now.map((value, index) => allowed[index]?.has(value) === true);
    // Cron's old rule: with day and weekday both restricted, one of the two is enough.
    const onDay = restricted ? day === true || weekday === true : day === true && weekday === true;
    return minute === true && hour === true && month === true && onDay;
  };
}

function parseField(text: string, field: Field): ReadonlySet<number> {
  const values = text.split(',').flatMap((part) => parsePart(part, field));
  // Sunday is 0 and 7.
  return new Set(field.high === 7 ? values.map((value) => value % 7) : values);
}

function parsePart(part: string, field: Field): readonly number[] {
  const [range = '', stepText] = part.split('/');
  const step = stepText === undefined ? 1 : Number(stepText);
  const [low, high] = parseRange(range, field, stepText !== undefined);
  const valid = Number.isInteger(low) && Number.isInteger(high) && low >= field.low && high <= field.high && low <= high && step >= 1;
  if (!valid) throw new Error(`schedule field '${part}' isn't within ${String(field.low)} and ${String(field.high)}`);
  return Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, index) => low + index * step);
}

function parseRange(range: string, field: Field, stepped: boolean): readonly [number, number] {
  if (range === '*' || range === '?') return [field.low, field.high];
  const [from = '', to] = range.split('-');
  const low = parseValue(from, field);
  if (to !== undefined) return [low, parseValue(to, field)];
  return [low, stepped ? field.high : low];
}

function parseValue(text: string, { names = [] }: Field): number {
  const index = text === '' ? -1 : names.indexOf(text.toLowerCase());
  return index === -1 ? Number(text === '' ? Number.NaN : text) : index;
}
