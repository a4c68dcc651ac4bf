import { isMap, isScalar, type Node } from 'yaml';
import type { z } from 'zod';
import { didYouMean } from './did-you-mean.ts';
import type { DocumentSyntax } from './document-syntax.ts';
import type { Problem } from './problem.ts';
import { alternatives, shownValue } from './shown-value.ts';

export const apiVersion = 'fairlead.dev/v1';

/** A kind of document: its name and its schema. */
export interface DocumentType<T> {
  readonly kind: string;
  readonly schema: z.ZodType<T>;
}

export type Identified<T> =
  { readonly kind: 'type'; readonly type: DocumentType<T> } | { readonly kind: 'wrong'; readonly problem: Problem };

/** What a document says it is, checked before its fields: the fields of another kind are all wrong, and that isn't worth saying. */
export function identify<T>(syntax: DocumentSyntax, file: string, types: readonly DocumentType<T>[]): Identified<T> {
  const version = fieldOf(syntax, 'apiVersion');
  const kind = fieldOf(syntax, 'kind');
  const kinds = alternatives(types.map((type) => type.kind));
  const wrong = (field: Field, what: Pick<Problem, 'code' | 'message' | 'hint'>): Identified<T> => {
    return { kind: 'wrong', problem: { ...what, file, ...field.position, pointer: field.pointer } };
  };

  if (version.text === undefined && kind.text === undefined) {
    const message = `${file} says neither apiVersion nor kind, expected apiVersion: ${apiVersion} and kind: ${kinds}`;
    return wrong(kind, { code: 'wrong-kind', message });
  }
  if (version.text !== apiVersion) {
    const message = `expected apiVersion: ${apiVersion}, found ${shownValue(version.text)}`;
    return wrong(version, { code: 'wrong-api-version', message });
  }
  const type = types.find((candidate) => candidate.kind === kind.text);
  if (type !== undefined) return { kind: 'type', type };
  const message = `expected kind: ${kinds}, found ${shownValue(kind.text)}`;
  const meant = didYouMean(
    kind.text ?? '',
    types.map((candidate) => candidate.kind),
  );
  return wrong(kind, { code: 'wrong-kind', message, ...(meant === undefined ? {} : { hint: `did you mean ${meant}?` }) });
}

interface Field extends Pick<Problem, 'pointer'> {
  readonly text: string | undefined;
  readonly position: Pick<Problem, 'line' | 'column'>;
}

function fieldOf(syntax: DocumentSyntax, name: string): Field {
  const { root } = syntax;
  const pair = isMap<Node, Node | null>(root) ? root.items.find(({ key }) => isScalar(key) && key.value === name) : undefined;
  const value = pair?.value ?? undefined;
  const position = syntax.positionAt((value?.range ?? root.range)[0]);
  return {
    text: isScalar(value) && typeof value.value === 'string' ? value.value : undefined,
    position,
    pointer: pair === undefined ? '' : `/${name}`,
  };
}
