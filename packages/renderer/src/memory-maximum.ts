export const pageBytes = 65_536;
const memorySection = 5;
const headerBytes = 8;

/**
 * The same module with a hard maximum of memory: Go emits none, and a worker's `resourceLimits` do not bound WebAssembly memory.
 * Rewrites the memory section, whose one entry is `flags, minimum` and becomes `1, minimum, maximum`.
 */
export function withMemoryMaximum(module: Uint8Array, pages: number): Uint8Array {
  const cursor = { at: headerBytes };
  while (cursor.at < module.length) {
    const start = cursor.at;
    const id = module[cursor.at];
    cursor.at += 1;
    const length = readUnsigned(module, cursor);
    const end = cursor.at + length;
    if (id === memorySection) return join(module.subarray(0, start), memoryWithMaximum(module, cursor, pages), module.subarray(end));
    cursor.at = end;
  }
  throw new Error('the module has no memory section');
}

interface Cursor {
  at: number;
}

function memoryWithMaximum(module: Uint8Array, cursor: Cursor, pages: number): Uint8Array {
  const count = readUnsigned(module, cursor);
  const flags = readUnsigned(module, cursor);
  if (count !== 1 || flags !== 0)
    throw new Error(`the module has ${String(count)} memories with flags ${String(flags)}, not one without a maximum`);
  const minimum = readUnsigned(module, cursor);
  if (minimum > pages) throw new Error(`the module starts with ${String(minimum)} pages of memory, above the maximum of ${String(pages)}`);
  const body = [1, 1, ...unsigned(minimum), ...unsigned(pages)];
  return Uint8Array.from([memorySection, ...unsigned(body.length), ...body]);
}

/** An unsigned LEB128 number. */
function readUnsigned(bytes: Uint8Array, cursor: Cursor): number {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = bytes[cursor.at] ?? 0;
    cursor.at += 1;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  return value >>> 0;
}

function unsigned(value: number): readonly number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
