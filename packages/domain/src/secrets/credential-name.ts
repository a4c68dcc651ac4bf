/** How surely a field holds a secret by its name. `password`: whatever stands there. `credential`: what isn't a plain word, which may be the name of a Secret.
 *  `weak`: only what looks generated. */
export type CredentialName = 'password' | 'credential' | 'weak' | 'none';

const password =
  /(?:password|passwort|passwd|passphrase|passcode|requirepass|masterauth|^(?:root|admin|bind|db|user|ldap|smtp)?pw|^psk|^userpass|^pass|^pwd)s?$/;
/** What makes a `key` or a `secret` one that opens something, and not the name of an entry. */
const opening = new Set(
  'api secret private encryption signing sign master access auth hmac shared account storage admin webhook cookie session crypt cipher jwt root deploy license consumer integration ingestion write instrumentation security app oauth oidc'.split(
    ' ',
  ),
);
const opened = new Set(
  'client app application jwt cookie session signing webhook shared api consumer oauth oauth2 oidc hmac encryption hash master rails django refresh csrf nextauth keycloak github gitlab google slack'.split(
    ' ',
  ),
);
const joined =
  /(?:apikey|secretkey|privatekey|accesskey|masterkey|encryptionkey|clientsecret|appsecret|jwtsecret|authtoken|accesstoken|bearertoken|apitoken|^token)$/;
/** Where the name of a secret, its public half or its place in a store is kept. */
const elsewhere = new Set(['existing', 'public', 'pub', 'external', 'vault']);

const telling = /pass|pw|psk|secret|token|key|cred|auth|salt|pepper|hmac/i;

export function credentialName(name: string): CredentialName {
  if (!telling.test(name)) return 'none';
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  if (name === 'PWD' || name === 'OLDPWD' || words.some((word) => elsewhere.has(word))) return 'none';
  return byEnd(last) ?? byLastTwo(words);
}

function byEnd(last: string): CredentialName | undefined {
  if (password.test(last)) return 'password';
  if (joined.test(last)) return 'credential';
  return weak.test(last) ? 'weak' : undefined;
}

function byLastTwo(words: readonly string[]): CredentialName {
  if (words.at(-1) === 'key') return keyName(words);
  if (words.at(-1) !== 'secret') return 'none';
  return opened.has(words.at(-2) ?? '') ? 'credential' : 'weak';
}

const weak = /^(?:tokens|secrets|credentials?|creds?|auth|authorization|salt|pepper|hmac)$/;

/** `passwordSecretKey` names the entry of a Secret. */
function keyName(words: readonly string[]): CredentialName {
  const named = words.slice(0, -2).some((word) => password.test(word) || word === 'token' || word === 'auth');
  return opening.has(words.at(-2) ?? '') && !named ? 'credential' : 'none';
}

const longestName = 128;

/** `DB_PASSWORD`, `dbPassword` and `db.password` are the same words. Numbers at the end count as none. */
function wordsOf(name: string): readonly string[] {
  const own = name.slice(-longestName);
  return own
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => word.replace(/\d+$/, ''))
    .filter((word) => word !== '');
}
