import type { FoundSecret } from '../found-secret.ts';
import { isSopsFile } from '../ciphertext.ts';
import { namedValue } from '../named-literal.ts';
import { isPlaceholder } from '../placeholder.ts';
import { secretValueKind } from '../secret-value.ts';
import type { ScannedText } from '../scanned-text.ts';
import { credentialFileSecrets } from './credential-files.ts';
import { said } from './said.ts';
import { readAssignments, type AssignmentStyle } from './read-assignments.ts';

/** The secrets of a file of settings that is neither YAML nor JSON: by the names of what it sets. */
export function settingsSecrets({ path, text }: ScannedText): readonly FoundSecret[] {
  const credentials = credentialFileSecrets(path, text);
  if (credentials !== undefined) return credentials;
  const style = styleOf(path, text);
  if (style === undefined || !/pass|pwd|pw|secret|token|key|cred|auth|psk|hmac|salt/i.test(text)) return [];
  const sealed = isSopsFile(text);
  const ofSecret = /^kind:\s*["']?Secret\b/m.test(text) ? dataLines(text) : noLines;
  return readAssignments(text, style).flatMap(({ name, value, line, column }): readonly FoundSecret[] => {
    if (sealed && name.startsWith('sops_')) return [];
    if (ofSecret.has(line))
      return isLiteral(name, value) ? [{ rule: 'S01', message: `a Secret holds ${name} in clear`, line, column, pointer: '', value }] : [];
    const kind = isExpanded(value) ? 'none' : namedValue(name, value);
    if (kind === 'none') return [];
    const rule = sealed ? 'S02' : 'S12';
    const message = sealed ? `the file is encrypted with SOPS, but ${name} is in clear` : `${name} is set to ${said[kind]}`;
    return [{ rule, message, line, column, pointer: '', value, ...(kind === 'literal' ? {} : { severity: 'warning' as const }) }];
  });
}

function styleOf(path: string, text: string): AssignmentStyle | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.(?:example|sample|dist|template|tmpl|tpl|bak|old|orig|enc)$/i, '');
  if (
    /^\.?env(?:rc)?(?:\.|$)|\.env(?:\.|$)|\.(?:properties|ini|cfg|conf|cnf|toml|credentials|service|config)$|^(?:credentials|config|\.editorconfig|\.s3cfg|\.boto)$/i.test(
      name,
    )
  )
    return text.trimStart().startsWith('<') ? 'xml' : 'lines';
  if (/\.(?:tf|tfvars|hcl|nomad)$/i.test(name)) return 'quoted';
  if (/\.(?:xml|config|csproj|pubxml|plist)$/i.test(name)) return 'xml';
  if (/^(?:docker|container)file(?:\.|$)|\.dockerfile$/i.test(name)) return 'dockerfile';
  return /\.(?:ya?ml|tpl)$/i.test(name) ? 'lines' : undefined; // one that is no YAML, as charts have them
}

const noLines: ReadonlySet<number> = new Set();

/** The lines right below `data:` and `stringData:`, where nothing can parse the Secret. */
function dataLines(text: string): ReadonlySet<number> {
  const inside = new Set<number>();
  let [outer, inner] = [-1, -1];
  for (const [index, line] of text.split('\n').entries()) {
    const own = line.length - line.trimStart().length;
    const [, begin] = /^(\s*)(?:data|stringData):\s*$/.exec(line) ?? [];
    if (begin !== undefined) [outer, inner] = [begin.length, -1];
    else if (outer < 0 || line.trim() === '' || line.trimStart().startsWith('{{')) continue;
    else if (own <= outer) outer = -1;
    else {
      if (inner < 0) inner = own;
      if (own === inner) inside.add(index + 1);
    }
  }
  return inside;
}

function isLiteral(key: string, value: string): boolean {
  if (/^[|>][-+]?$/.test(value) || value.includes('{{')) return hasValue(value);
  return secretValueKind({ text: value, encoding: 'text', key, sealed: false, vaultPath: false }) === 'literal';
}

/** `{{ "x" | b64enc }}` and defaults; a text of several lines is searched for what stands in it. */
function hasValue(value: string): boolean {
  return value.startsWith('{{') && value.endsWith('}}') && !isPlaceholder(value);
}

/** A shell or a library puts the value together: `"$(< /run/secrets/db)"`, `{{ .Values.password }}`. */
function isExpanded(value: string): boolean {
  return /\$[A-Za-z_({]|`|\{\{/.test(value) && !/\$\{\w+:[-=][^}]/.test(value);
}
