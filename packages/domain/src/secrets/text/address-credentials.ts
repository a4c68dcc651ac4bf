import { foundPassword } from './found-password.ts';
import { runBefore } from './run-before.ts';
import type { TextPattern } from './text-pattern.ts';
import type { TextSecret } from './text-secret.ts';

const userinfo = /:\/\/([^\s:@/'"<>`\\]{0,256}):([^\s@/'"`]{1,512})@([^\s/'"`,;)]{1,256})/y;

/** `scheme://user:password@host`, whatever the scheme. */
function credentials(text: string, at: number): TextSecret | undefined {
  const scheme = text.slice(runBefore(text, at, { letter: /[a-z0-9+.-]/i, most: 20 }), at);
  if (scheme === '') return undefined;
  userinfo.lastIndex = at;
  const found = userinfo.exec(text);
  if (found === null) return undefined;
  const [, user = '', password = '', host = ''] = found;
  if (isImage(host) || isPattern(user, password)) return undefined;
  const where = `in an address (${scheme.toLowerCase()}://)`;
  return foundPassword({ start: at - scheme.length, end: userinfo.lastIndex, where }, password, password === user);
}

/** `docker://busybox:1.36@sha256:…` names a digest. */
function isImage(host: string): boolean {
  return /^(?:sha(?:256|384|512)|blake3):/.test(host);
}

/** A regular expression for addresses, as code has them. */
function isPattern(user: string, password: string): boolean {
  return /[[\]^*|]/.test(user) || /\[\^|\)\?|\.\*|\\[swd]/.test(password);
}

const oracle = /jdbc:oracle:[a-z]{2,8}:([^\s/:@'"]{1,128})\/([^\s@'"]{1,128})@/y;

/** Oracle's own: `jdbc:oracle:thin:user/password@…`. */
function oracleCredentials(text: string, at: number): TextSecret | undefined {
  oracle.lastIndex = at;
  const [whole, , password = ''] = oracle.exec(text) ?? [];
  if (whole === undefined) return undefined;
  return foundPassword({ start: at, end: at + whole.length, where: 'in an Oracle address' }, password);
}

const goDsn = /@(?:tcp|unix)\([^()\s]{1,256}\)\//y;

/** Go's MySQL driver: `user:password@tcp(host:3306)/name`. */
function goCredentials(text: string, at: number): TextSecret | undefined {
  goDsn.lastIndex = at;
  const colon = runBefore(text, at, { letter: /[^\s:/@'"`]/, most: 128 }) - 1;
  const start = runBefore(text, colon, { letter: /[\w.-]/, most: 64 });
  if (text.charAt(colon) !== ':' || start === colon || !goDsn.test(text)) return undefined;
  return foundPassword({ start, end: goDsn.lastIndex, where: 'in a MySQL address' }, text.slice(colon + 1, at));
}

export const addressCredentials: readonly TextPattern[] = [
  { anchors: ['://'], find: credentials },
  { anchors: ['jdbc:oracle:'], find: oracleCredentials },
  { anchors: ['@tcp(', '@unix('], find: goCredentials },
];
