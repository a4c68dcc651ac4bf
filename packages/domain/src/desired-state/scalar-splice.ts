import { isScalar, Scalar, stringify } from 'yaml';
import type { Splice } from './apply-splices.ts';

/** What makes the scalar the value, in the quotes that it has now: nothing where it says so already. `undefined` where the text can't be
 *  replaced alone: an anchor would change other places, a tag or a block scalar says more than its text. */
export function scalarSplices(node: unknown, value: string): readonly Splice[] | undefined {
  if (!isScalar(node) || node.anchor !== undefined || node.tag !== undefined || !node.range) return undefined;
  if (node.source === value && node.type !== Scalar.BLOCK_FOLDED && node.type !== Scalar.BLOCK_LITERAL) return [];
  const [start, end] = node.range;
  const text = quotedAs(node.type, value);
  return text === undefined ? undefined : [{ start, end, text: start === end ? ` ${text}` : text }];
}

function quotedAs(type: string | undefined, value: string): string | undefined {
  switch (type) {
    case Scalar.PLAIN:
      return plainOrQuoted(value);
    case Scalar.QUOTE_DOUBLE:
      return JSON.stringify(value);
    case Scalar.QUOTE_SINGLE:
      return `'${value.replaceAll("'", "''")}'`;
    case undefined:
    default:
      return undefined;
  }
}

/** As a string in any place: YAML would read a commit of digits as a number, and a comma ends a value in flow style. */
export function plainOrQuoted(value: string): string {
  const text = stringify(value, { lineWidth: 0, defaultStringType: 'PLAIN', blockQuote: false }).trimEnd();
  return text === value && !/[,[\]{}]/.test(value) ? value : JSON.stringify(value);
}
