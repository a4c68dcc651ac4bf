/** Real bundles have some hundreds, trusted roots some thousands. */
const mostParts = 20_000;
const marks = new Set(['{', '[', ','].map((mark) => mark.charCodeAt(0)));

/** JSON of few parts; `undefined` for anything else. A parser that runs out of a thread's memory in one step ends the whole process,
 *  so what many small parts would take is bounded before it begins. */
export function parseBounded(bytes: Uint8Array): unknown {
  let parts = 0;
  for (const byte of bytes) {
    if (!marks.has(byte)) continue;
    parts += 1;
    if (parts > mostParts) return undefined;
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
