import type { TextSecret } from './text-secret.ts';

/** One kind of secret. It is looked for only where one of its anchors stands, so that a text is read once for all kinds. */
export interface TextPattern {
  /** Three characters or more, as they stand in the text; with `anyCase` in lower case. */
  readonly anchors: readonly string[];
  readonly anyCase?: true;
  /** Reads a bounded stretch around the anchor: the time for a text must not grow with more than its length. */
  readonly find: (text: string, at: number) => TextSecret | undefined;
}

/** Whether something may begin here: the one before is no letter or digit, unless it belongs to an escape such as `\n` or `%3D`. */
export function isStart(text: string, at: number): boolean {
  if (at === 0 || !/[A-Za-z0-9]/.test(text.charAt(at - 1))) return true;
  return text.charAt(at - 2) === '\\' || /^%[0-9A-Fa-f]{2}$/.test(text.slice(Math.max(0, at - 3), at));
}
