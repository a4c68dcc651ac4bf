import type { FoundSecret } from '../found-secret.ts';
import { isPlaceholder } from '../placeholder.ts';

interface CredentialLine {
  readonly shape: RegExp;
  readonly what: string;
  readonly severity?: 'warning';
}

interface CredentialFile {
  readonly name: RegExp;
  readonly lines: readonly CredentialLine[];
}

/** Files that programs sign in with, and what of them is the secret: group 1. */
const files: readonly CredentialFile[] = [
  { name: /(?:^|\/)[._]netrc$/, lines: [{ shape: /\bpassword\s+(\S+)/g, what: 'a password of .netrc' }] },
  {
    name: /(?:^|\/)\.(?:npmrc|yarnrc)$/,
    lines: [{ shape: /(?:_authToken|_password|_auth)\s*[=\s]\s*"?([^\s"]+)/g, what: 'a login of a package registry' }],
  },
  { name: /(?:^|\/)\.yarnrc\.ya?ml$/, lines: [{ shape: /npmAuth(?:Token|Ident):\s*"?([^\s"]+)/g, what: 'a login of a package registry' }] },
  { name: /(?:^|\/)\.pypirc$/, lines: [{ shape: /^\s*password\s*[=:]\s*(\S+)/gm, what: 'a login of a package index' }] },
  {
    name: /(?:^|\/)\.?pgpass(?:\.conf)?$/,
    lines: [{ shape: /^[^#:\n]*:[^:\n]*:[^:\n]*:[^:\n]*:(\S+)$/gm, what: 'a password of PostgreSQL' }],
  },
  {
    name: /(?:^|\/)\.?htpasswd$|\.htpasswd$/,
    lines: [{ shape: /^[^\s:#]+:(\$[\w]+\$\S+|\{SHA\}\S+|[./0-9A-Za-z]{13})$/gm, what: 'the hash of a password', severity: 'warning' }],
  },
  { name: /(?:^|\/)\.git-credentials$/, lines: [{ shape: /^https?:\/\/[^:\s]*:([^@\s]+)@/gm, what: 'a login of Git' }] },
  { name: /(?:^|\/)(?:\.my|\.mylogin|my)\.cnf$/, lines: [{ shape: /^\s*password\s*=\s*"?([^\s"]+)/gm, what: 'a password of MySQL' }] },
  {
    name: /(?:^|\/)\.vault-token$|(?:^|\/)\.?vault[_-]?pass(?:word)?(?:\.txt)?$/,
    lines: [{ shape: /^(\S{6,})$/gm, what: 'a token or password of a vault' }],
  },
  {
    name: /(?:^|\/)rclone\.conf$/,
    lines: [{ shape: /^\s*(?:pass|password2?|token|secret_access_key)\s*=\s*(\S+)/gm, what: 'a login of rclone' }],
  },
];

export function credentialFileSecrets(path: string, text: string): readonly FoundSecret[] | undefined {
  const file = files.find(({ name }) => name.test(path));
  if (file === undefined) return undefined;
  return file.lines.flatMap(({ shape, what, severity }) =>
    [...text.matchAll(shape)].flatMap((match) => {
      const value = match[1] ?? '';
      if (isPlaceholder(value) || /^\$\{?\w+\}?$|^\*+$|^<.*>$/.test(value) || value === 'x') return [];
      const at = match.index + match[0].lastIndexOf(value);
      const before = text.slice(0, at);
      const line = before.split('\n').length;
      const column = at - before.lastIndexOf('\n');
      return [
        {
          rule: 'S07' as const,
          message: `the file holds ${what}`,
          line,
          column,
          pointer: '',
          value,
          ...(severity === undefined ? {} : { severity }),
        },
      ];
    }),
  );
}
