import { z } from 'zod';
import type { JsonObject } from '../document/json.ts';
import { isMap } from '../drift/own-value.ts';

/** Why what we render may be other than what the controller does. `target`: whose own options are the matter; absent: it lies in the files. */
export const UnprovenRender = z.object({ target: z.string().exactOptional(), reason: z.string() }).readonly();
export type UnprovenRender = z.infer<typeof UnprovenRender>;

/** What of the objects only a controller can finish, with keys that nobody else has. */
export function unprovenObjects(objects: readonly JsonObject[]): readonly UnprovenRender[] {
  const encrypted = objects.filter((object) => isMap(object['sops'])).length;
  if (encrypted === 0) return [];
  return [
    { reason: `${String(encrypted)} ${encrypted === 1 ? 'object is' : 'objects are'} encrypted by SOPS: their values are not compared` },
  ];
}

/** For people, beside a difference. */
export function unprovenText({ target, reason }: UnprovenRender): string {
  return `render parity unproven: ${target === undefined ? '' : `${target}: `}${reason}`;
}
