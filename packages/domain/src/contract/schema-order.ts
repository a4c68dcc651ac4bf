import type { SchemaId } from '../release/schema-id.ts';

/** How two schema ids stand: `pc-schema-0187` comes after `pc-schema-0180`. Parts without digits have to be the same, else nobody knows. */
export function compareSchemaIds(one: SchemaId, other: SchemaId): number | 'unrelated' {
  const [first, second] = [partsOf(one), partsOf(other)];
  if (first.length !== second.length) return 'unrelated';
  let order = 0;
  for (const [index, part] of first.entries()) {
    const its = second[index] ?? '';
    if (isNumber(part) && isNumber(its)) order = order === 0 ? signOf(BigInt(part) - BigInt(its)) : order;
    else if (part !== its) return 'unrelated';
  }
  return order;
}

function partsOf(id: string): readonly string[] {
  return id.split(/(\d+)/);
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text);
}

function signOf(difference: bigint): number {
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}
