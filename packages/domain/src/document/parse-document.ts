import { digestOf, type Digest } from '../evidence/digest.ts';
import { identify, type DocumentType } from './document-identity.ts';
import type { DocumentLines } from './document-lines.ts';
import { readSyntax } from './document-syntax.ts';
import { isList } from './is-list.ts';
import type { Json } from './json.ts';
import { jsonPointer, type JsonPath } from './json-pointer.ts';
import { NodeReader } from './node-reader.ts';
import { capProblems, type Problem } from './problem.ts';
import { schemaProblems } from './schema-problems.ts';

/** `tolerant` is for records that a newer version may have written: a field that we don't know is left out of the value but is part of the digest. */
export type ReadingMode = 'authoring' | 'tolerant';

/** `digest` is over the document as parsed, before defaults: one for every spelling of the same content.
 *  `stage`: the text couldn't be read at all, or what it says doesn't hold. */
export type Parsed<T> =
  | { readonly kind: 'ok'; readonly value: T; readonly digest: Digest; readonly lines: DocumentLines }
  | { readonly kind: 'invalid'; readonly stage: 'syntax' | 'content'; readonly problems: readonly Problem[] };

export interface DocumentSource {
  readonly text: string;
  /** Named in problems, never opened. */
  readonly file: string;
}

/** Reads a document and says everything that is wrong with it at once. Never throws, whatever the text. */
export function parseDocument<T>(type: DocumentType<T>, source: DocumentSource, mode?: ReadingMode): Parsed<T> {
  return parseDocumentOf([type], source, mode);
}

/** Reads a document of any of these kinds. */
export function parseDocumentOf<T>(
  types: readonly DocumentType<T>[],
  { text, file }: DocumentSource,
  mode: ReadingMode = 'authoring',
): Parsed<T> {
  const read = readSyntax(text, file);
  if (read.kind === 'invalid') return { kind: 'invalid', stage: 'syntax', problems: capProblems(read.problems) };
  const identity = identify(read.syntax, file, types);
  if (identity.kind === 'wrong') return { kind: 'invalid', stage: 'content', problems: [identity.problem] };

  const { schema } = identity.type;
  const reader = new NodeReader(read.syntax, file);
  const whole = reader.readRoot(schema);
  const value = without(whole, reader.unknownFields);
  const judged = schema.safeParse(value);
  const structural = reader.problems.filter(({ code }) => mode === 'authoring' || code !== 'unknown-field');
  if (judged.success && structural.length === 0) return { kind: 'ok', value: judged.data, digest: digestOf(whole), lines: reader.lines };

  const ofSchema = judged.success || reader.refused ? [] : schemaProblems(judged.error.issues, { file, value, lines: reader.lines });
  return { kind: 'invalid', stage: 'content', problems: capProblems(inOrder([...structural, ...echoless(ofSchema, structural)])) };
}

/** A part that couldn't be read is `null` to the schema, whose complaint about that would be an echo. */
function echoless(problems: readonly Problem[], known: readonly Problem[]): readonly Problem[] {
  const pointers = new Set(known.map(({ pointer }) => pointer));
  return problems.filter(({ pointer }) => !pointers.has(pointer));
}

function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

function without(value: Json, unknown: ReadonlySet<string>, path: JsonPath = []): Json {
  if (unknown.size === 0 || typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((entry, index) => without(entry, unknown, [...path, index]));
  const known = Object.entries(value).filter(([name]) => !unknown.has(jsonPointer([...path, name])));
  return Object.fromEntries(known.map(([name, entry]) => [name, without(entry, unknown, [...path, name])]));
}
