import { isPlaceholder } from './placeholder.ts';
import { isPublicMaterial } from './public-material.ts';

const names = String.raw`pass(?:word|wd|phrase)?|pwd|secret|token|api[-_.]?key|access[-_.]?key|private[-_.]?key|credentials?|connection[-_.]?string|dsn|auth`;

/** A name whose value is a secret, and not where one is kept: `DB_PASSWORD`, but not `passwordFile` or `SECRET_NAME`. */
const secretName = new RegExp(String.raw`(?:^|[^a-z])(?:[a-z]*[-_.])?(?:${names})s?$`, 'i');
const camelSecretName = /(?:Password|Passwd|Passphrase|Secret|Token|Key|Credentials?|ConnectionString)$/;
const notSecretName = /(?:public|pub|sort|partition|primary|foreign|cache|label|host|map|registry|group|object|row|idempotency)[-_.]?key$/i;

/** `--password=x`, `db.password: x`, `"token": "x"`. */
const assignment = new RegExp(String.raw`(?:^|[^\w])[\w.-]{0,64}?(?:${names})["']?\s*[=:]\s*["']?([^\s"',;&}]+)`, 'gim');

const shapes = [
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/,
  /:\/\/[^\s/@:]*:([^\s/@]+)@/,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\b(?:ghp|gho|ghu|ghs|ghr|github_pat|glpat|glptt|xox[abposr]|sk|rk|pk_live|npm|dop_v1|shpat|hvs|hvb)[-_][\w-]{16,}/,
  /\bAIza[\w-]{35}\b/,
  /\beyJ[\w-]{8,2000}\.eyJ[\w-]{8,2000}\./,
  /\bAGE-SECRET-KEY-1[A-Z0-9]{58}\b/,
  /\b(?:Bearer|Basic)\s+[\w+/=.-]{12,}/i,
];

const empty = /^(?:|true|false|null|none|yes|no|\d{1,3})$/i;

/** Whether a text that stands anywhere but in a Secret looks as if it belonged into one, by its name or its shape. Hides rather too much than too little. */
export function isSecretInClear(name: string, text: string): boolean {
  if (text === '' || isPlaceholder(text) || isPublicMaterial(text)) return false;
  if (isSecretName(name) && !empty.test(text.trim()) && !isAddress(text)) return true;
  return shapes.some((shape) => isFound(shape, text)) || hasAssignment(text) || isRandom(text);
}

function isSecretName(name: string): boolean {
  const last = name.slice(name.lastIndexOf('/') + 1).slice(-128);
  return (secretName.test(last) || camelSecretName.test(last)) && !notSecretName.test(last);
}

function isFound(shape: RegExp, text: string): boolean {
  const found = shape.exec(text);
  return found !== null && !isPlaceholder(found[1] ?? found[0]);
}

function hasAssignment(text: string): boolean {
  return [...text.matchAll(assignment)].some(([, value = '']) => !empty.test(value) && !isPlaceholder(value) && !isAddress(value));
}

/** Where a secret is kept is none: a path, a host, an address without a password. */
function isAddress(text: string): boolean {
  return /^(?:\/[\w./-]*|https?:\/\/[^\s@]*)$/.test(text.trim());
}

/** Letters and digits as only a generator mixes them. Digests and ids are hexadecimal, names are words. */
function isRandom(text: string): boolean {
  if (!/^[A-Za-z0-9+/_=-]{24,512}$/.test(text) || /^[0-9a-f-]+$/i.test(text)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(text)).length;
  return kinds === 3 && entropy(text) > 3.8;
}

function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
