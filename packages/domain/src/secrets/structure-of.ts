import { parseManifestFile, type ManifestFile, type ManifestLeaf } from '../desired-state/manifest-file.ts';
import { quickDocuments } from '../desired-state/quick/quick-documents.ts';
import type { ScannedText } from './scanned-text.ts';
import { withoutTemplates } from './without-templates.ts';

export type TextStructure =
  { readonly kind: 'documents'; readonly documents: readonly (readonly ManifestLeaf[])[] } | { readonly kind: 'none' };

/** Larger ones are searched as text. */
const longestStructure = 4 * 1024 * 1024;

/** The documents of a text that is YAML or JSON by its name or by how it begins, templates of Helm included. `wanted`: something was found in it already. */
export function structureOf({ path, text }: ScannedText, wanted: boolean): TextStructure {
  if (text.length > longestStructure || !isStructured(path, text)) return { kind: 'none' };
  if (!wanted && !maySaySomething(text)) return { kind: 'documents', documents: [] };
  const read = readWithin(text, path);
  if (read.kind === 'read') return { kind: 'documents', documents: read.documents.map(({ leaves }) => leaves) };
  if (!text.includes('{{')) return { kind: 'none' };
  const plain = withoutTemplates(text);
  const again = readWithin(plain.text, path);
  if (again.kind === 'unparsable') return { kind: 'none' };
  return {
    kind: 'documents',
    documents: again.documents.map(({ leaves }) =>
      leaves.map((leaf) => (typeof leaf.value === 'string' ? { ...leaf, value: plain.restore(leaf.value) } : leaf)),
    ),
  };
}

function isStructured(path: string, text: string): boolean {
  if (
    /\.(?:ya?ml|json|json5|jsonc|tfstate|dockercfg|dockerconfigjson|kubeconfig|tpl)(?:\.(?:example|sample|tmpl|tpl|gotmpl|dist|bak|backup|old|orig|enc))?$/i.test(
      path,
    )
  )
    return true;
  if (/(?:^|\/)(?:kustomization|kubeconfig[^/]*|config)$/i.test(path)) return /^\s*[{\w"#-]/.test(text);
  return /^\s*(?:---\s|apiVersion:|kind:|\{\s*")/.test(text) || /^apiVersion:\s/m.test(text.slice(0, 4096));
}

const telling =
  /secret|pass|pwd|pw["']?\s*:|token|key|credential|creds?\b|auth|psk|hmac|salt|sops|ENC\[|\\[xuU]|!!|\$\{|last-applied|cookie|encryptedData|base64|binaryData|(?<![A-Za-z0-9+/])(?![\da-f]{40,128}(?![A-Za-z0-9+/]))[A-Za-z0-9+/]{40}/i;

/** Whether any of a scanner's words stands in it. */
function maySaySomething(text: string): boolean {
  return telling.test(text);
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
