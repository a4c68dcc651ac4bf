import type { FoundSecret } from '../found-secret.ts';
import { isSopsFile } from '../ciphertext.ts';
import { namedValue } from '../named-literal.ts';
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
  return readAssignments(text, style).flatMap(({ name, value, line, column }) => {
    if (sealed && name.startsWith('sops_')) return [];
    const kind = namedValue(name, value);
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
  return undefined;
}
