import type { FoundSecret } from './found-secret.ts';
import { namedValue } from './named-literal.ts';

const commented =
  /^[ \t]*(?:#|\/\/|;)+[ \t]*(?:export[ \t]+|-[ \t]+)?["']?([A-Za-z_][\w.-]{0,80})["']?[ \t]*[:=][ \t]*(["']?)([^\s"']{6,200})\2[ \t]*,?$/;
const withComments =
  /\.(?:ya?ml|tpl|env|properties|ini|cfg|conf|toml|tf|tfvars|hcl|sh|bash|jsonc|json5|service)$|(?:^|\/)(?:\.env[^/]*|[^/]*dockerfile[^/]*|makefile|kustomization)$/i;

/** Settings that somebody put behind a comment sign. Words explain; what has letters and digits mixed was a value. */
export function commentSecrets(path: string, text: string): readonly FoundSecret[] {
  if (!withComments.test(path) || !/^[ \t]*(?:#|\/\/|;).*(?:pass|pwd|secret|token|key|cred)/im.test(text)) return [];
  return text.split('\n').flatMap((raw, index) => {
    const line = raw.replace(/\r$/, '');
    const [, name, , value] = line.length > 512 ? [] : (commented.exec(line) ?? []);
    if (name === undefined || value === undefined || namedValue(name, value) !== 'literal' || !isMixed(value)) return [];
    const column = line.indexOf(value) + 1;
    return [{ rule: 'S17', message: `a comment holds ${name}`, line: index + 1, column, pointer: '', value }];
  });
}

function isMixed(value: string): boolean {
  return /[A-Za-z]/.test(value) && /\d/.test(value) && !/^[a-z]+(?:-[a-z]+)+-?\d{0,4}$/.test(value);
}
