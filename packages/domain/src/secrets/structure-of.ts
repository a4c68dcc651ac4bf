import { parseManifestFile, type ManifestFile } from '../desired-state/manifest-file.ts';
import type { ManifestLeaf } from '../desired-state/manifest-leaf.ts';
import { quickDocuments } from '../desired-state/quick/quick-documents.ts';
import { documentTexts, joinedTexts } from './document-texts.ts';
import type { ScannedText } from './scanned-text.ts';
import { withoutTemplates } from './without-templates.ts';

export interface StructuredDocument {
  readonly leaves: readonly ManifestLeaf[];
  /** It is a template of Helm, and what it says between its actions isn't all of it. */
  readonly templated: boolean;
}

export interface TextStructure {
  readonly documents: readonly StructuredDocument[];
  /** What is left of the text, line by line the same: what has no structure, or none that could be read. */
  readonly rest: string;
}

/** Larger ones are searched as text. */
const longestStructure = 4 * 1024 * 1024;

/** The documents of a text that is YAML or JSON by its name or by how it begins. `wanted`: something was found in it already, so that all of it counts. */
export function structureOf({ path, text }: ScannedText, wanted: boolean): TextStructure {
  if (text.length > longestStructure || !isStructured(path, text)) return { documents: [], rest: text };
  if (!wanted && !telling.test(text)) return { documents: [], rest: '' };
  const documents: StructuredDocument[] = [];
  const rest: string[] = [];
  for (const own of documentTexts(text)) {
    const read = (wanted || telling.test(own)) && !isSchema(own) ? readDocuments(own, path) : [];
    if (read === 'unparsable') rest.push(own);
    else documents.push(...read);
  }
  return { documents, rest: joinedTexts(rest) };
}

const structured =
  /\.(?:ya?ml|json|json5|jsonc|tfstate|dockercfg|dockerconfigjson|kubeconfig|tpl)(?:\.(?:example|sample|tmpl|tpl|gotmpl|dist|bak|backup|old|orig|enc))?$/i;

function isStructured(path: string, text: string): boolean {
  if (structured.test(path)) return true;
  if (/(?:^|\/)(?:kustomization|kubeconfig[^/]*|config)$/i.test(path)) return /^\s*[{\w"#-]/.test(text);
  return /^\s*(?:---\s|apiVersion:|kind:|\{\s*")/.test(text) || /^apiVersion:\s/m.test(text.slice(0, 4096));
}

/** Some word of some extractor. A digest in hexadecimal is no base64. */
const telling =
  /secret|pass|pwd|pw["']?\s*:|token|key|credential|creds?\b|auth|psk|hmac|salt|sops|ENC\[|\\[xuU]|!!|\$\{|last-applied|cookie|encryptedData|base64|binaryData|(?<![A-Za-z0-9+/])(?![\da-f]{40,128}(?![A-Za-z0-9+/]))[A-Za-z0-9+/]{40}/i;

/** It speaks of every field that there is, and holds none. */
function isSchema(text: string): boolean {
  return /^kind:[ ]*CustomResourceDefinition[ ]*$/m.test(text);
}

function readDocuments(text: string, path: string): readonly StructuredDocument[] | 'unparsable' {
  if (isTemplate(text)) return readTemplate(text, path);
  const read = readWithin(text, path);
  return read.kind === 'read' ? read.documents.map(({ leaves }) => ({ leaves, templated: false })) : 'unparsable';
}

/** Actions where YAML has none: alone on a line, or as a value without quotes. The parser would only tell of one error after the other. */
function isTemplate(text: string): boolean {
  return text.includes('{{') && /^[ \t]*\{\{|:[ \t]+\{\{|^[ \t]*-[ \t]+\{\{/m.test(text);
}

function readTemplate(text: string, path: string): readonly StructuredDocument[] | 'unparsable' {
  const plain = withoutTemplates(text);
  const read = readWithin(plain.text, path);
  if (read.kind === 'unparsable') return 'unparsable';
  return read.documents.map(({ leaves }) => ({
    leaves: leaves.map((leaf) => (typeof leaf.value === 'string' ? { ...leaf, value: plain.restore(leaf.value) } : leaf)),
    templated: true,
  }));
}

const longestLine = 65_536;
const deepest = 200;

/** By the parser only where it can't take long: it goes over what is nested deep, and over what is quoted on one line, again and again. */
function readWithin(text: string, path: string): ManifestFile | { readonly kind: 'unparsable' } {
  const documents = quickDocuments(text);
  if (documents !== undefined) return { kind: 'read', documents };
  return isBounded(text) ? parseManifestFile(text, path) : { kind: 'unparsable' };
}

function isBounded(text: string): boolean {
  let [start, depth] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charCodeAt(at);
    if (letter === 10) start = at;
    else if (letter === 91 || letter === 123) depth += 1;
    else if ((letter === 93 || letter === 125) && depth > 0) depth -= 1;
    if (at - start > longestLine || depth > deepest) return false;
  }
  return true;
}
