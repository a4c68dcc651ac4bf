import { fromBase64Url } from './base64-url.ts';
import { isMadeUp } from './made-up.ts';
import { isStart, type TextPattern } from './text-pattern.ts';
import type { TextSecret } from './text-secret.ts';

const jwt = /(eyJ[\w-]{10,4000})\.(eyJ[\w-]{8,8000})\.([\w-]{20,4000})(?![\w-])/y;

/** Signed by somebody, for somebody: whoever has it is that somebody until it expires. */
function webToken(text: string, at: number): TextSecret | undefined {
  if (/[_-]/.test(text.charAt(at - 1)) || !isStart(text, at)) return undefined;
  jwt.lastIndex = at;
  const found = jwt.exec(text);
  if (found === null) return undefined;
  const [head = '', payload = ''] = found.slice(1, 3).map(fromBase64Url);
  if (!isSigned(head) || isShown(payload) || isMadeUp(found[0].slice(-20))) return undefined;
  const ofCluster = /kubernetes(?:\/serviceaccount|\.io)/.test(payload);
  return { rule: 'S08', start: at, end: jwt.lastIndex, what: ofCluster ? 'a token of a Kubernetes service account' : 'a JSON Web Token' };
}

function isSigned(head: string): boolean {
  return /"alg"\s*:\s*"(?!none")/i.test(head);
}

/** The token of jwt.io and its copies, which stand in every manual; and keys that are meant for browsers. */
function isShown(payload: string): boolean {
  return /"sub"\s*:\s*"1234567890"/.test(payload) || /"role"\s*:\s*"anon"/.test(payload);
}

const bootstrap = /\.((?=[a-z0-9]*[0-9])[a-z0-9]{16})(?![A-Za-z0-9.\-_])/y;
const saysSo = /token|bootstrap|kubeadm|join/i;

/** `at` is its dot: it has no other mark, so there is no anchor. */
export function bootstrapToken(text: string, at: number): TextSecret | undefined {
  bootstrap.lastIndex = at;
  const secret = bootstrap.exec(text)?.[1];
  if (secret === undefined) return undefined;
  const id = /(?:^|[^A-Za-z0-9.\-_])([a-z0-9]{6})$/.exec(text.slice(Math.max(0, at - 7), at))?.[1];
  if (id === undefined) return undefined;
  const start = at - id.length;
  const place = { rule: 'S08', start, end: bootstrap.lastIndex, what: 'a bootstrap token' } as const;
  if (id === 'abcdef' && secret === '0123456789abcdef')
    return { ...place, what: "the bootstrap token of kubeadm's manual", severity: 'info' };
  const told = saysSo.test(text.slice(Math.max(0, start - 160), start));
  return told || isMixed(secret) ? place : undefined;
}

/** A word with a number at its end is no token; hexadecimal is a digest. */
function isMixed(secret: string): boolean {
  const changes = secret.match(/[a-z](?=\d)|\d(?=[a-z])/g)?.length ?? 0;
  return changes >= 4 && !/^[0-9a-f]+$/.test(secret);
}

const k3s = /K10([0-9a-f]{64})::(?:server|node|username|[a-z0-9]{6}):?[^\s"'`]{8,128}/y;

function nodeToken(text: string, at: number): TextSecret | undefined {
  if (!isStart(text, at)) return undefined;
  k3s.lastIndex = at;
  const found = k3s.exec(text);
  if (found === null || isMadeUp(found[1] ?? '')) return undefined;
  return { rule: 'S08', start: at, end: k3s.lastIndex, what: 'a token by which nodes join a cluster' };
}

const openShift = /sha256~([\w-]{43})(?![\w-])/y;

function openShiftToken(text: string, at: number): TextSecret | undefined {
  openShift.lastIndex = at;
  const found = openShift.exec(text);
  if (found === null || isMadeUp(found[1] ?? '')) return undefined;
  return { rule: 'S08', start: at, end: openShift.lastIndex, what: 'an OpenShift token' };
}

export const clusterTokens: readonly TextPattern[] = [
  { anchors: ['eyJ'], find: webToken },
  { anchors: ['K10'], find: nodeToken },
  { anchors: ['sha256~'], find: openShiftToken },
];
