import {
  Composer,
  isScalar,
  Lexer,
  LineCounter,
  Parser,
  visit,
  type Alias,
  type CST,
  type Document,
  type Node,
  type ParsedNode,
} from 'yaml';
import { explainedProblems, type Position, type Problem, type ProblemCode } from './problem.ts';

/** A document's nodes before any schema. `targets`: what each alias stands for. */
export interface DocumentSyntax {
  readonly root: ParsedNode;
  readonly targets: ReadonlyMap<Alias, Node>;
  positionAt(offset: number): Position;
}

export type SyntaxResult =
  { readonly kind: 'ok'; readonly syntax: DocumentSyntax } | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** UTF-16 units. A release manifest has a few thousand. */
export const maxDocumentLength = 524_288;
export const maxDocumentDepth = 64;

interface Source {
  readonly text: string;
  readonly file: string;
  readonly lines: LineCounter;
}

/** Reads YAML 1.2 core, and JSON as the part of it that it is. Hostile text is refused before it costs much. */
export function readSyntax(text: string, file: string): SyntaxResult {
  const source: Source = { text: text.replace(/^\uFEFF/, ''), file, lines: new LineCounter() };
  source.lines.addNewLine(0);
  if (source.text.length > maxDocumentLength) {
    const message = `${file} has ${String(source.text.length)} characters, more than the ${String(maxDocumentLength)} of a document`;
    return invalid(problemAt(source, 0, { code: 'too-large', message }));
  }
  const nul = source.text.indexOf('\0');
  if (nul >= 0) return invalid(problemAt(source, nul, { code: 'not-yaml', message: 'the text has a NUL character' }));

  const { tokens, tooDeep } = tokensOf(source);
  return tooDeep === undefined ? compose(source, tokens) : invalid(tooDeep);
}

/** Nesting is counted while parsing: later stages recurse once per level. */
function tokensOf(source: Source): { readonly tokens: readonly CST.Token[]; readonly tooDeep?: Problem } {
  const parser = new Parser(source.lines.addNewLine);
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(source.text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > maxDocumentDepth + 2) {
      const message = `the document is nested deeper than ${String(maxDocumentDepth)} levels`;
      return { tokens, tooDeep: problemAt(source, parser.offset, { code: 'too-deep', message }) };
    }
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens };
}

function compose(source: Source, tokens: readonly CST.Token[]): SyntaxResult {
  // Its own check of unique keys is quadratic and compares values, not spellings; ours is in `read-node`.
  const composer = new Composer({ version: '1.2', schema: 'core', uniqueKeys: false, prettyErrors: false, lineCounter: source.lines });
  const [document, second] = composer.compose(tokens);
  if (document === undefined) return invalid(emptyDocument(source));

  const faults = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  const problems = faults
    .slice(0, explainedProblems + 1)
    .map(({ message, pos }) => problemAt(source, pos[0], { code: 'not-yaml', message: asOurs(message) }));
  if (second !== undefined) problems.push(severalDocuments(source, second));
  if (document.directives.yaml.version !== '1.2') problems.push(oldVersion(source, document.directives.yaml.version));
  if (problems.length > 0) return { kind: 'invalid', problems };
  const { contents } = document;
  const empty = contents === null || (isScalar(contents) && contents.source === '' && contents.type === 'PLAIN');
  return empty ? invalid(emptyDocument(source)) : linkAliases(source, contents);
}

function linkAliases(source: Source, root: ParsedNode): SyntaxResult {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  const problems: Problem[] = [];
  visit(root, {
    Value: (_, node) => {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
    Alias: (_, alias) => {
      const target = anchors.get(alias.source);
      if (target !== undefined) targets.set(alias, target);
      else problems.push(unresolved(source, alias));
    },
  });
  if (problems.length > 0) return { kind: 'invalid', problems };
  return { kind: 'ok', syntax: { root, targets, positionAt: (offset) => positionAt(source.lines, offset) } };
}

function unresolved(source: Source, { source: name, range }: Alias): Problem {
  return problemAt(source, range?.[0] ?? 0, { code: 'unresolved-alias', message: `alias *${name} names no anchor before it` });
}

function emptyDocument(source: Source): Problem {
  return problemAt(source, 0, { code: 'empty-document', message: `${source.file} holds no document` });
}

function severalDocuments(source: Source, second: Document.Parsed): Problem {
  const message = `${source.file} holds several documents, expected one`;
  return problemAt(source, second.range[0], { code: 'several-documents', message, hint: 'give each its own file' });
}

function oldVersion(source: Source, version: string): Problem {
  const message = `a %YAML ${version} directive changes what scalars mean; documents are YAML 1.2`;
  return problemAt(source, 0, { code: 'yaml-version', message, hint: 'remove the directive' });
}

function invalid(...problems: readonly Problem[]): SyntaxResult {
  return { kind: 'invalid', problems };
}

interface What {
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint?: string;
}

function problemAt({ file, lines }: Source, offset: number, what: What): Problem {
  return { ...what, file, ...positionAt(lines, offset), pointer: '' };
}

function positionAt(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

function asOurs(message: string): string {
  return `${message.charAt(0).toLowerCase()}${message.slice(1)}`.replace(/\.$/, '');
}
