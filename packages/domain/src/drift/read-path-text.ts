import type { Json, JsonObject } from '../document/json.ts';

/** One step of a finding's path, as its text says it: an element stands by merge key, by its value or by its place. */
export type ReadStep =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'element'; readonly keys: JsonObject }
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'index'; readonly index: number };

/** Reads what `pathText` has written. */
export function readPathText(path: string): readonly ReadStep[] {
  return path
    .split('/')
    .slice(1)
    .map((text) => text.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map(stepOf);
}

function stepOf(text: string): ReadStep {
  if (/^(0|[1-9]\d*)$/.test(text)) return { kind: 'index', index: Number(text) };
  const inner = /^\[(.+)\]$/.exec(text)?.[1];
  if (inner === undefined) return { kind: 'field', name: text };
  if (inner.startsWith('=')) return { kind: 'value', text: inner.slice(1) };
  return { kind: 'element', keys: Object.fromEntries(inner.split(',').map(keyOf)) };
}

/** Of merge keys, ports are numbers and all others texts. */
function keyOf(text: string): readonly [string, Json] {
  const at = text.indexOf('=');
  const [key, value] = [text.slice(0, at), text.slice(at + 1)];
  return [key, /port$/i.test(key) && /^\d+$/.test(value) ? Number(value) : value];
}
