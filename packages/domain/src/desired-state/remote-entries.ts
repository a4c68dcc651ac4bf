import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { remoteReference, type RemoteReference } from './remote-base.ts';
import { scalarSplices } from './scalar-splice.ts';
import type { Splice } from './apply-splices.ts';

/** An entry of a kustomization that refers to another repository. */
export interface RemoteEntry {
  readonly text: string;
  readonly line: number;
  readonly reference: Exclude<RemoteReference, { readonly kind: 'local' }>;
  /** What makes the entry another text; `undefined` where it can't be changed in place. */
  readonly replacedBy: (text: string) => readonly Splice[] | undefined;
}

const fields = ['resources', 'bases', 'components'];

/** The remote entries of a kustomization's text, in its order; none where it can't be parsed, which others say. */
export function remoteEntries(text: string): readonly RemoteEntry[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent', uniqueKeys: false });
  const root: unknown = document.contents;
  if (document.errors.length > 0 || !isMap(root)) return [];
  return fields.flatMap((field) => {
    const list: unknown = root.get(field, true);
    return isSeq(list) ? list.items.flatMap((item) => entryOf(item, lines)) : [];
  });
}

function entryOf(node: unknown, lines: LineCounter): readonly RemoteEntry[] {
  if (!isScalar(node) || typeof node.value !== 'string') return [];
  const reference = remoteReference(node.value);
  if (reference.kind === 'local') return [];
  const line = lines.linePos(node.range?.[0] ?? 0).line;
  return [{ text: node.value, line: Math.max(line, 1), reference, replacedBy: (wanted) => scalarSplices(node, wanted) }];
}

/** The way from a folder to a path, both from the same root. */
export function relativePath(folder: string, path: string): string {
  const from = folder === '' ? [] : folder.split('/');
  const to = path.split('/');
  let shared = 0;
  while (shared < from.length && from[shared] === to[shared]) shared += 1;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/') || '.';
}
