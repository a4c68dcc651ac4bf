import { stringify } from 'yaml';
import type { Json } from './json.ts';

/** Block-style YAML in the value's own order, two spaces, one line feed at the end, quotes only where YAML 1.2 would read something else. */
export function printDocument(value: Json): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}
