import { isSopsValue } from '../ciphertext.ts';
import { textOf, type Extractor } from '../scan-hit.ts';
import { secretLiterals } from '../secret-literals.ts';
import type { SecretRule } from '../found-secret.ts';

/** Keys by which Flux and SOPS find what decrypts everything else. */
const identity = /\.agekey$|^age\.key$|^keys\.txt$|^(?:identity|sops)\.asc$|^sops\.(?:aws-kms|azure-kv|gcp-kms|vault-token)$/;

/** The values of Secrets in clear. */
export const secretObjects: Extractor = ({ leaves, sealed, templated }) =>
  secretLiterals(leaves)
    .filter(({ leaf }) => !templated || !isFrameOfActions(leaf))
    .map(({ leaf, name, namespace, key }) => {
      const owner = `Secret ${namespace === undefined ? '' : `${namespace}/`}${name}`;
      const rule = ruleOf(key, textOf(leaf), sealed);
      return { rule, leaf, message: messages[rule](owner, key) };
    });

type OwnRule = Extract<SecretRule, 'S01' | 'S02' | 'S03' | 'S18'>;

function ruleOf(key: string, text: string, sealed: boolean): OwnRule {
  if (text.trim().startsWith('ENC[')) return 'S03';
  if (identity.test(key)) return 'S18';
  return sealed ? 'S02' : 'S01';
}

const messages: Readonly<Record<OwnRule, (owner: string, key: string) => string>> = {
  S01: (owner, key) => `${owner} holds ${key} in clear`,
  S02: (owner, key) => `${owner} is encrypted with SOPS, but holds ${key} in clear`,
  S03: (owner, key) => `${key} of ${owner} looks like SOPS ciphertext and can't be decrypted`,
  S18: (owner, key) => `${owner} holds ${key} in clear, which decrypts the other secrets of the repository`,
};

export function isForged(text: string): boolean {
  return text.trim().startsWith('ENC[') && !isSopsValue(text);
}

/** Several lines of a template are filled in: they are searched for what stands in them. */
function isFrameOfActions(leaf: Parameters<typeof textOf>[0]): boolean {
  return textOf(leaf).trim().includes('\n');
}
