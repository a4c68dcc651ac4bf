import { documentText } from '../document/document-text.ts';
import { base64Bytes } from './base64-bytes.ts';
import { isSopsFile, isSopsValue } from './ciphertext.ts';
import { isPlaceholder, isShortVaultPlaceholder } from './placeholder.ts';
import { isPublicMaterial } from './public-material.ts';
import { isEmptyRegistryLogin } from './registry-login.ts';

/** What a Secret holds under one name. */
export type SecretValueKind = 'empty' | 'placeholder' | 'ciphertext' | 'public' | 'literal';

export interface SecretField {
  readonly text: string;
  /** `data` is base64, `stringData` is text. */
  readonly encoding: 'base64' | 'text';
  readonly key: string;
  /** The object is a SOPS file with its checksum. */
  readonly sealed: boolean;
  /** `avp.kubernetes.io/path` says where short placeholders lead. */
  readonly vaultPath: boolean;
}

/** A literal is a secret whatever it looks like: short ones and ordinary words are passwords too. */
export function secretValueKind(field: SecretField): SecretValueKind {
  const own = kindOfText(field, field.text);
  if (own !== 'literal' || field.encoding === 'text') return own;
  const bytes = base64Bytes(field.text);
  if (bytes === undefined) return 'literal';
  const text = documentText(bytes, field.key);
  return text.kind === 'text' ? kindOfText(field, text.text) : 'literal';
}

function kindOfText(field: SecretField, text: string): SecretValueKind {
  if (text.trim() === '') return 'empty';
  if (isPlaceholder(text) || (field.vaultPath && isShortVaultPlaceholder(text))) return 'placeholder';
  if ((field.sealed && isSopsValue(text)) || isSopsFile(text)) return 'ciphertext';
  return isPublic(field.key, text) ? 'public' : 'literal';
}

const registryLogins = ['.dockerconfigjson', '.dockercfg'];

function isPublic(key: string, text: string): boolean {
  return isPublicMaterial(text) || (registryLogins.includes(key) && isEmptyRegistryLogin(text));
}
