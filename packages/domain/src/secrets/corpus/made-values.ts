import { toBase64 } from '../../evidence/base64.ts';
import { encodeUtf8 } from '../../document/utf8.ts';

export function inBase64(text: string): string {
  return toBase64(encodeUtf8(text));
}

function bytes(count: number, first: readonly number[] = []): string {
  return toBase64(Uint8Array.from({ length: count }, (_, at) => first[at] ?? (at * 37) % 251));
}

/** Put together here, so that no scanner of a forge takes a file of ours for a leak. */
function pem(kind: string): string {
  const line = bytes(48);
  return [`-----BEGIN ${kind}-----`, line, line, line, bytes(33), `-----END ${kind}-----`].join('\n');
}

export const privateKey = pem(['PRIVATE', 'KEY'].join(' '));
export const rsaKey = pem(['RSA', 'PRIVATE', 'KEY'].join(' '));
export const sshKey = pem(['OPENSSH', 'PRIVATE', 'KEY'].join(' '));
export const certificate = pem('CERTIFICATE');
export const sopsValue = `ENC[AES256_GCM,data:Zm9vYmE=,iv:${bytes(32)},tag:${bytes(16)},type:str]`;
export const shortSopsValue = 'ENC[AES256_GCM,data:Zm9v,iv:Zm9v,tag:Zm9v,type:str]';

export const sopsBlock = `sops:
  mac: ${sopsValue}
  lastmodified: "2026-01-01T00:00:00Z"
  version: 3.13.0
  age:
    - recipient: age1${'q'.repeat(58)}
      enc: made up
`;

/** As kubeseal makes it with a key of 4096 bits. */
export const sealedValue = bytes(2 + 512 + 32, [0x02, 0x00]);
export const webToken = [
  'eyJhbGciOiJSUzI1NiIsImtpZCI6Ing4In0',
  inBase64(JSON.stringify({ iss: 'kubernetes/serviceaccount', sub: 'system:serviceaccount:a:b', exp: 1 })).replaceAll('=', ''),
  bytes(64).replaceAll(/[+/=]/g, 'k'),
].join('.');
export const gitHubToken = ['gh', 'p_', 'A7dKq93mZpL2xVbN8cRtY5wHsJ4fG61eUoTb'].join('');
export const ageIdentity = ['AGE-SECRET', '-KEY-1', 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54KHCE'].join('');

export function indented(text: string, spaces: number): string {
  return text
    .split('\n')
    .map((line) => ' '.repeat(spaces) + line)
    .join('\n');
}
