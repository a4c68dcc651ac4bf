import { isCollection, isNode, isPair } from 'yaml';

/** The offset at which a node's own text ends. A block collection's range reaches over the blank lines and comments after it. */
export function contentEnd(node: unknown): number | undefined {
  if (isPair(node)) return contentEnd(node.value) ?? contentEnd(node.key);
  if (!isNode(node)) return undefined;
  const last = isCollection(node) && node.flow !== true ? node.items.at(-1) : undefined;
  return last === undefined ? node.range?.[1] : contentEnd(last);
}
