import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { didYouMean } from './did-you-mean.ts';
import { LineIndex } from './document-lines.ts';
import { maxDocumentDepth, type DocumentSyntax } from './document-syntax.ts';
import { fieldAdvice } from './field-advice.ts';
import { jsonPointer, saidOf, type JsonPath } from './json-pointer.ts';
import type { Json } from './json.ts';
import { readKey, readScalar } from './node-scalar.ts';
import { explainedProblems, type Position, type Problem, type ProblemCode } from './problem.ts';
import { shapeFor, type Schema, type SchemaShape } from './schema-shape.ts';

/** Where reading stands. No `schema`: the field is unknown, its value is read as YAML has it. */
interface Spot {
  readonly path: JsonPath;
  readonly key: Position;
  readonly schema: Schema | undefined;
}

interface Fault {
  readonly code: ProblemCode;
  readonly because: string;
  readonly hint?: string | undefined;
}

/** What aliases may add to a document, in nodes and in characters. */
const maxAliasedNodes = 10_000;
const maxAliasedLength = 1_048_576;

/** Turns nodes into JSON values, scalars as a schema wants them, and keeps where everything stood.
 *  Judges structure and names of fields; values are the schema's to judge. */
export class NodeReader {
  readonly problems: Problem[] = [];
  readonly unknownFields = new Set<string>();
  readonly lines = new LineIndex();
  readonly #syntax: DocumentSyntax;
  readonly #file: string;
  /** Targets of the aliases that are being read. */
  readonly #open = new Set<Node | null>();
  #aliasedNodes = 0;
  #aliasedLength = 0;
  #refused = false;

  constructor(syntax: DocumentSyntax, file: string) {
    this.#syntax = syntax;
    this.#file = file;
  }

  /** The document was too much to be read to its end, so what its schema says of it means nothing. */
  get refused(): boolean {
    return this.#refused;
  }

  readRoot(schema: Schema): Json {
    const { root } = this.#syntax;
    return this.#read(root, { path: [], key: this.#at(root), schema });
  }

  #read(node: Node | null, spot: Spot): Json {
    if (isAlias(node)) return this.#readAlias(this.#syntax.targets.get(node) ?? null, spot);
    this.lines.record(spot.path, { key: spot.key, value: node === null ? spot.key : this.#at(node) });
    if (this.#exhausted(node, spot)) return null;

    const shape: SchemaShape = spot.schema === undefined ? { kind: 'natural' } : shapeFor(spot.schema, node);
    if (isMap<Node, Node | null>(node)) return this.#readMap(node, spot, shape);
    if (isSeq<Node>(node)) return this.#readList(node.items, spot, shape);
    return isScalar(node) ? this.#readScalar(node, spot, shape) : null;
  }

  #readAlias(target: Node | null, spot: Spot): Json {
    if (this.#open.has(target)) return this.#refuse(spot, { code: 'alias-expansion', because: 'is an alias of what it stands in' });
    this.#open.add(target);
    const value = this.#read(target, spot);
    this.#open.delete(target);
    return value;
  }

  #readMap(node: YAMLMap<Node, Node | null>, spot: Spot, shape: SchemaShape): Json {
    const fields: Record<string, Json> = {};
    const names = new Set<string>();
    for (const pair of node.items) {
      const name = this.#readName(pair, spot, names);
      if (name === undefined) continue;
      const field = this.#fieldSpot(name, { ...spot, path: [...spot.path, name], key: this.#at(pair.key) }, shape);
      fields[name] = this.#read(pair.value, field);
    }
    return fields;
  }

  #readName(pair: Pair<Node, Node | null>, spot: Spot, names: Set<string>): string | undefined {
    const at = this.#at(pair.key);
    const read = readKey(pair.key);
    if (read.kind === 'fault') {
      this.#report({ ...spot, key: at }, { code: 'unreadable-key', ...read });
      return undefined;
    }
    if (names.has(read.value)) {
      this.#report({ ...spot, path: [...spot.path, read.value], key: at }, { code: 'duplicate-key', because: 'is given twice' });
      return undefined;
    }
    names.add(read.value);
    return read.value;
  }

  #fieldSpot(name: string, spot: Spot, shape: SchemaShape): Spot {
    if (shape.kind === 'entries') return { ...spot, schema: shape.value };
    if (shape.kind !== 'fields') return { ...spot, schema: undefined };
    const schema = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
    if (schema === undefined) this.#reportUnknown(name, spot, shape);
    return { ...spot, schema };
  }

  #reportUnknown(name: string, spot: Spot, shape: Extract<SchemaShape, { kind: 'fields' }>): void {
    this.unknownFields.add(jsonPointer(spot.path));
    if (this.problems.length > explainedProblems) return;
    const known = Object.keys(shape.fields);
    const meant = didYouMean(name, known);
    const hint =
      fieldAdvice.get(shape.schema)?.[name] ?? (meant === undefined ? `known here: ${known.join(', ')}` : `did you mean ${meant}?`);
    this.#report(spot, { code: 'unknown-field', because: 'is no field of this document', hint });
  }

  #readList(items: readonly Node[], spot: Spot, shape: SchemaShape): Json {
    const schema = shape.kind === 'list' ? shape.element : undefined;
    return items.map((item, index) => this.#read(item, { path: [...spot.path, index], key: this.#at(item), schema }));
  }

  #readScalar(node: Scalar, spot: Spot, shape: SchemaShape): Json {
    const read = readScalar(node, shape.kind === 'text');
    if (read.kind === 'value') return read.value;
    this.#report({ ...spot, key: this.#at(node) }, { code: 'not-json', ...read });
    return null;
  }

  /** Once refused, nothing more is read: an alias bomb grows by powers. */
  #exhausted(node: Node | null, spot: Spot): boolean {
    if (this.#refused) return true;
    const fault = this.#tooDeep(spot.path) ?? this.#expanded(node);
    if (fault === undefined) return false;
    this.#refuse(spot, fault);
    return true;
  }

  #refuse(spot: Spot, fault: Fault): null {
    this.#refused = true;
    this.#report(spot, fault);
    return null;
  }

  #tooDeep(path: JsonPath): Fault | undefined {
    if (path.length <= maxDocumentDepth) return undefined;
    return { code: 'too-deep', because: `is nested deeper than ${String(maxDocumentDepth)} levels` };
  }

  #expanded(node: Node | null): Fault | undefined {
    if (this.#open.size === 0) return undefined;
    this.#aliasedNodes += 1;
    if (isScalar(node)) this.#aliasedLength += node.source?.length ?? 0;
    if (this.#aliasedNodes <= maxAliasedNodes && this.#aliasedLength <= maxAliasedLength) return undefined;
    return { code: 'alias-expansion', because: 'aliases make the document too large', hint: 'write the values out' };
  }

  #report({ path, key }: Spot, { code, because, hint }: Fault): void {
    const problem = { code, message: saidOf(path, because), file: this.#file, ...key, pointer: jsonPointer(path) };
    this.problems.push(hint === undefined ? problem : { ...problem, hint });
  }

  #at(node: Node): Position {
    return this.#syntax.positionAt(node.range?.[0] ?? 0);
  }
}
