import { fromBase64Url } from './base64-url.ts';
import { isMadeUp } from './made-up.ts';
import { isStart, type TextPattern } from './text-pattern.ts';
import type { TextSecret } from './text-secret.ts';

const header = /([A-Z0-9 ]{0,40})PRIVATE KEY(?: BLOCK)?-----/y;
/** What may stand between the lines of a key: line ends as they are or as an escape, quotes, indentation, comment signs, concatenation. */
const between = String.raw`(?:\\[rn]|[\s"'+,#*>|\\])`;
const headers = String.raw`(?:[A-Za-z-]{1,20}: ?[^\n\\]{0,120}(?:\n|\\n)${between}{0,40}){0,6}`;
const body = new RegExp(`${between}{0,60}${headers}${between}{0,40}([A-Za-z0-9+/]{16,})`, 'y');
const footer = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
const maxKey = 16_384;

/** `-----BEGIN RSA PRIVATE KEY-----` and all its relatives, if something follows that could be one: code and docs name the header alone. */
function pem(text: string, at: number): TextSecret | undefined {
  const start = at;
  header.lastIndex = at + '-----BEGIN '.length;
  const opened = header.exec(text);
  if (opened === null) return undefined;
  const within = text.slice(header.lastIndex, header.lastIndex + maxKey);
  body.lastIndex = 0;
  const first = body.exec(within)?.[1];
  if (first === undefined || isMadeUp(first.slice(0, 64)) || /^(?:[A-Z]+|[a-z]+)$/.test(first)) return undefined;
  const closed = footer.exec(within);
  const length = closed === null ? body.lastIndex : closed.index + closed[0].length;
  const kind = (opened[1] ?? '').trim();
  return { rule: 'S06', start, end: header.lastIndex + length, what: kind === '' ? 'a private key' : `a private key (${kind})` };
}

interface KeyShape {
  readonly what: string;
  readonly anchors: readonly string[];
  readonly shape: RegExp;
}

const shapes: readonly KeyShape[] = [
  { what: 'an age identity', anchors: ['AGE-SECRET-KEY-'], shape: /AGE-SECRET-KEY-(?:PQ-)?1([0-9A-Z]{58,120})(?![0-9A-Z])/y },
  {
    what: 'a PuTTY private key',
    anchors: ['Private-Lines:'],
    shape: /Private-Lines: ?\d{1,4}\s{1,8}([A-Za-z0-9+/]{16,64})/y,
  },
  {
    what: 'a minisign secret key',
    anchors: ['RWRTY0Iy', 'RWQAAEIy'],
    shape: /(?:RWRTY0Iy|RWQAAEIy)([A-Za-z0-9+/]{100,220}={0,2})/y,
  },
  { what: 'an OpenSSH private key', anchors: ['b3BlbnNzaC1rZXktdjEA'], shape: /b3BlbnNzaC1rZXktdjEA([A-Za-z0-9+/]{60,200})/y },
  { what: 'a key store (PKCS#12)', anchors: ['IBAzCC'], shape: /IBAzCC([A-Za-z0-9+/]{60,400})/y },
  { what: 'a key store (JKS)', anchors: ['/u3+7QAAAAIA', '/u3+7QAAAAEA'], shape: /\/u3\+7QAAAA[IE]A([A-Za-z0-9+/]{60,400})/y },
  { what: 'a key store (JCEKS)', anchors: ['zs7OzgAAAAIA'], shape: /zs7OzgAAAAIA([A-Za-z0-9+/]{60,400})/y },
  {
    what: 'a private key (RSA, PKCS#8)',
    anchors: ['BADANBgkqhkiG9w0BAQEFAASC'],
    shape: /BADANBgkqhkiG9w0BAQEFAASC([A-Za-z0-9+/]{60,400})/y,
  },
  {
    what: 'a private key (EC, PKCS#8)',
    anchors: ['MIGHAgEAMBMGByqGSM49AgEG', 'MIG2AgEAMBAGByqGSM49AgEG', 'MIHuAgEAMBAGByqGSM49AgEG', 'MIGEAgEAMBAGByqGSM49AgEG'],
    shape: /MI[GH][A-Za-z0-9+/]AgEAMB[MA]GByqGSM49AgEG([A-Za-z0-9+/]{60,400})/y,
  },
  {
    what: 'a private key (Ed25519, PKCS#8)',
    anchors: ['MC4CAQAwBQYDK2VwBCIEI'],
    shape: /MC4CAQAwBQYDK2VwBCIEI([A-Za-z0-9+/]{42,44})/y,
  },
];

function keyPattern({ what, anchors, shape }: KeyShape): TextPattern {
  return {
    anchors,
    find: (text, at) => {
      shape.lastIndex = at;
      const found = shape.exec(text);
      if (found === null || isMadeUp((found[1] ?? '').slice(0, 64))) return undefined;
      return { rule: 'S06', start: at, end: shape.lastIndex, what };
    },
  };
}

const wrapped = /LS0tLS1CRUdJTi[A-Za-z0-9+/]{24,}/y;

/** A key that somebody put through base64, as `client-key-data` and `| b64enc` have it. */
function wrappedPem(text: string, at: number): TextSecret | undefined {
  if (!isStart(text, at)) return undefined;
  wrapped.lastIndex = at;
  const found = wrapped.exec(text.slice(0, at + maxKey))?.[0];
  if (found === undefined) return undefined;
  const opening = fromBase64Url(found.slice(0, Math.min(96, found.length - (found.length % 4))));
  if (!/-----BEGIN [A-Z0-9 ]*PRIVATE KEY/.test(opening)) return undefined;
  return { rule: 'S06', start: at, end: at + found.length, what: 'a private key in base64' };
}

const jwk = /"d" ?: ?"([A-Za-z0-9_-]{40,1400})"/y;

/** `d` is the private part of a JSON Web Key; `kty` stands around it. */
function jsonWebKey(text: string, at: number): TextSecret | undefined {
  jwk.lastIndex = at;
  const found = jwk.exec(text);
  if (found === null || isMadeUp((found[1] ?? '').slice(0, 64))) return undefined;
  const around = text.slice(Math.max(0, at - 2048), jwk.lastIndex + 2048);
  return /"kty" ?: ?"/.test(around) ? { rule: 'S06', start: at, end: jwk.lastIndex, what: 'a private JSON Web Key' } : undefined;
}

const wireGuard = /PrivateKey\s{0,4}=\s{0,4}([A-Za-z0-9+/]{43}=)(?![A-Za-z0-9+/=])/y;

function wireGuardKey(text: string, at: number): TextSecret | undefined {
  wireGuard.lastIndex = at;
  const found = wireGuard.exec(text);
  if (found === null || isMadeUp(found[1] ?? '')) return undefined;
  return { rule: 'S06', start: at, end: wireGuard.lastIndex, what: 'a WireGuard private key' };
}

export const privateKeys: readonly TextPattern[] = [
  { anchors: ['-----BEGIN '], find: pem },
  { anchors: ['LS0tLS1CRUdJTi'], find: wrappedPem },
  { anchors: ['"d":', '"d" :'], find: jsonWebKey },
  { anchors: ['PrivateKey =', 'PrivateKey='], find: wireGuardKey },
  ...shapes.map(keyPattern),
];
