import { z } from 'zod';

/** Refuses a second entry of a list with the same text, or the same text in its `field`. Runs also where other entries are wrong: all problems at once. */
export function unique(what: string, field?: string): z.core.$ZodCheck<readonly unknown[]> {
  return z.superRefine(
    (entries: readonly unknown[], context) => {
      const seen = new Set<string>();
      for (const [index, entry] of entries.entries()) {
        const text = field === undefined ? entry : fieldOf(entry, field);
        if (typeof text !== 'string') continue;
        const path = field === undefined ? [index] : [index, field];
        if (seen.has(text)) context.addIssue({ code: 'custom', message: `${what} ${JSON.stringify(text)} is given twice`, path });
        seen.add(text);
      }
    },
    { when: ({ value }) => Array.isArray(value) },
  );
}

function fieldOf(entry: unknown, field: string): unknown {
  return typeof entry === 'object' && entry !== null ? Object.entries(entry).find(([name]) => name === field)?.[1] : undefined;
}
