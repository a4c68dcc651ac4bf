import type { WatchEvent } from '../api/watch-objects.ts';
import type { Json } from '../json/json.ts';

export type Answer =
  | { readonly kind: 'json'; readonly code: number; readonly body: Json }
  | { readonly kind: 'text'; readonly code: number; readonly text: string }
  | WatchAnswer;

/** Events until the time is over or either side ends it. */
export interface WatchAnswer {
  readonly kind: 'watch';
  readonly timeoutMs: number | undefined;
  /** Returns how to stop. */
  readonly start: (send: (event: WatchEvent) => void) => () => void;
  readonly bookmark: (() => WatchEvent) | undefined;
  /** How long before the time is over the last bookmark comes. */
  readonly bookmarkLeadMs: number;
}

export function json(body: Json, code = 200): Answer {
  return { kind: 'json', code, body };
}

/** What the real server says to a path that belongs to no API at all. */
export const noSuchPath: Answer = { kind: 'text', code: 404, text: '404 page not found\n' };
