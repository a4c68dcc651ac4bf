import { credentialName, type CredentialName } from './credential-name.ts';
import { isSopsFile, isSopsValue } from './ciphertext.ts';
import { isPlaceholder } from './placeholder.ts';
import { isPublicMaterial } from './public-material.ts';

/** What a field holds whose name is a secret's. `example`: words that stand for a value until somebody changes them, and may be live.
 *  `hash`: of a password. */
export type NamedValue = 'none' | 'literal' | 'example' | 'hash';

/** Of a field that anything may stand in: its name and the look of the value decide together. */
export function namedValue(name: string, value: string): NamedValue {
  const kind = credentialName(name);
  if (kind === 'none') return 'none';
  if (value.length > longestValue) return 'none';
  const text = unquoted(value.trim());
  if (saysNothing(text) || isReference(text) || isCiphertext(text)) return 'none';
  if (passwordHash.test(text)) return 'hash';
  if (!suits(kind, text)) return 'none';
  if (exampleWords.test(text)) return 'example';
  return isPublicMaterial(text) ? 'none' : 'literal';
}

const nothing =
  /^(?:true|false|yes|no|on|off|null|nil|none|undefined|enabled?|disabled?|required?|optional|auto|default|generated?|random|string|number|object|boolean|str|int|bool|md5|scram-sha-256|trust|basic|bearer|plain|login|opaque|hidden|redacted|masked|sensitive|n\/a|unset|empty)$/i;
const masked = /^(?:[*xX•.?#_-]{2,}|<[^<>]*>|\[[^[\]]*\]|x{3,}[\w-]*)$/;
const passwordHash =
  /^(?:\$(?:2[abxy]|5|6|1|y|apr1|argon2(?:id|i|d)|pbkdf2[\w-]*|scrypt)\$|SCRAM-SHA-(?:1|256)\$|\{(?:SSHA|SHA|SMD5|CRYPT|PBKDF2)[\w-]*\}|pbkdf2_sha256\$)/;
const ciphertext = /^(?:ENC\(|\{cipher\}|\$ANSIBLE_VAULT;|-----BEGIN (?:PGP MESSAGE|AGE ENCRYPTED FILE))|^AQICAH[A-Za-z0-9+/=]{40,}$/;
const exampleWords =
  /^(?:change[-_ ]?(?:me|it|this)|replace[-_ ]?(?:me|this|with)|(?:your|my|some|insert|enter|put|add)[-_ ][\w -]*|(?:the[-_])?(?:dummy|placeholder|example|sample|fake|todo|fixme|tbd)(?:[-_][\w-]*)?|[\w-]*[-_](?:here|placeholder|changeme|change[-_]me))[!1]*$/i;

function saysNothing(text: string): boolean {
  return text === '' || nothing.test(text) || masked.test(text);
}

/** Longer texts are documents, which are searched as such. */
const longestValue = 4096;

/** Names where the value is: a variable, a path, an address, a lookup in code. */
function isReference(text: string): boolean {
  if (isPlaceholder(text) || /^"?\$\(|^"?\$\{\w+:[-=]"?\$|^`.*`$|^\$\{\w+[/#%^,]/.test(text)) return true;
  return (
    /^\$[A-Za-z_]\w*$|^%\w+%$|^\$__\w+\{.*\}$|^\(\([\w./-]+\)\)$|^\$\{\{.*\}\}$|^@Microsoft\.KeyVault\(/.test(text) ||
    /^\$\{(?:env|file|secret|secrets|vault|ssm|aws|gcp|azure|sys|opt|param)[:.][^{}]*\}$|^\$\{\w+:?\?[^{}]*\}$/i.test(text) ||
    /^(?:\/|\.{1,2}\/|~\/)[\w./@-]*$|^[a-z][a-z0-9+.-]*:\/\/[^\s@]*$|^file:|^env:|^!(?:Ref|Sub|GetAtt|ImportValue|env_var)\b/i.test(text) ||
    /^(?:var|local|data|module|each|self|secrets?|env|vault|process\.env|os\.environ|random_\w+|aws_\w+|google_\w+|azurerm_\w+|kubernetes_\w+)[.[][\w.[\]"'-]+$/.test(
      text,
    )
  );
}

function isCiphertext(text: string): boolean {
  return ciphertext.test(text) || isSopsValue(text) || isSopsFile(text);
}

function suits(kind: Exclude<CredentialName, 'none'>, text: string): boolean {
  if (/^[\w.]+\(.*\)$/.test(text)) return false; // a call
  if (/\s/.test(text)) return kind === 'password' && /[^\p{L}\s.,:;?!'"()-]/u.test(text); // words of people have neither digits nor signs
  switch (kind) {
    case 'password':
      return !/^\d{1,3}$/.test(text);
    case 'credential':
      return text.length >= 6 && !/^[a-z][a-z._/-]*$|^[A-Z][A-Z_]*$|^[\d.]+[a-z]{0,2}$/.test(text) && !isObjectName(text);
    case 'weak':
      return looksGenerated(text);
  }
}

/** As people name Secrets: lower-case words and a number or two. */
function isObjectName(text: string): boolean {
  return /^[a-z]+(?:[-./][a-z0-9]*[a-z][a-z0-9]*)*(?:[-.]v?\d{1,2})?$/.test(text) && text.includes('-') && !/\d{3}/.test(text);
}

/** Letters and digits as only a generator mixes them. */
function looksGenerated(text: string): boolean {
  if (!/^[A-Za-z0-9+/_=.~!@#$%^&*-]{12,512}$/.test(text) || /^(?:sha\d+[:-]|[0-9a-f]{8}-[0-9a-f]{4}-)/i.test(text)) return false;
  const hex = /^[0-9a-f]+$/i.test(text);
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(text)).length;
  if (hex) return text.length >= 32 && /\d/.test(text) && /[a-f]/i.test(text);
  return kinds >= 3 && /\d/.test(text) && entropy(text) > 3.2 && !/^[A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)+$/.test(text);
}

function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}

function unquoted(value: string): string {
  return /^(["'])([^]*)\1$/.exec(value)?.[2] ?? value;
}
