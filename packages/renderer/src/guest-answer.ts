import { fieldsOf } from './fields.ts';
import { type RenderErrorCode } from './render-result.ts';

/** What the guest made of an order (`go/handle.go`). */
export type GuestAnswer =
  | { readonly kind: 'rendered'; readonly yaml: string; readonly objects: readonly unknown[] }
  | { readonly kind: 'failed'; readonly code: RenderErrorCode; readonly message: string };

const codes = ['remote-base', 'outside-root', 'plugin-disabled', 'render-failed', 'bad-request'] as const satisfies RenderErrorCode[];

/** Reads 4 bytes of YAML length, the YAML, and a JSON tail. */
export function parseGuestAnswer(bytes: Uint8Array): GuestAnswer {
  const start = 4;
  const end = start + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const tail: unknown = JSON.parse(decode(bytes.subarray(end)));
  const { objects, error } = fieldsOf(tail);
  if (error !== undefined) return parseFailure(error);
  return { kind: 'rendered', yaml: decode(bytes.subarray(start, end)), objects: Array.isArray(objects) ? freeze(objects) : [] };
}

function parseFailure(error: unknown): GuestAnswer {
  const { code, message } = fieldsOf(error);
  return { kind: 'failed', code: codes.find((known) => known === code) ?? 'render-failed', message: String(message) };
}

/** Results are shared by the cache: nobody may change one. */
function freeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  Object.values(value).forEach(freeze);
  return Object.freeze(value);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
