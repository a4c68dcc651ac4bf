import { z } from 'zod';

const Line = z.object({ event: z.string() });

/** The events of a log in order, each line being one JSON document. */
export function loggedEvents(log: string): readonly string[] {
  return log
    .trimEnd()
    .split('\n')
    .map((line) => Line.parse(JSON.parse(line)).event);
}
