import type { FoundSecret } from './found-secret.ts';

const keyStores: readonly { readonly what: string; readonly is: (bytes: Uint8Array) => boolean }[] = [
  { what: 'a Java key store', is: (bytes) => startsWith(bytes, [0xfe, 0xed, 0xfe, 0xed]) || startsWith(bytes, [0xce, 0xce, 0xce, 0xce]) },
  // SEQUENCE, long form of the length, INTEGER 3: the version of a PFX.
  {
    what: 'a PKCS #12 key store',
    is: (bytes) => bytes[0] === 0x30 && bytes[1] === 0x82 && startsWith(bytes.subarray(4), [0x02, 0x01, 0x03]),
  },
];

/** The secrets of bytes that are no text: key stores, by how they begin. */
export function binarySecrets(path: string, bytes: Uint8Array): readonly FoundSecret[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/trust|cacerts/i.test(name)) return []; // certificates of others
  return keyStores
    .filter(({ is }) => is(bytes))
    .map(({ what }) => ({
      rule: 'S06',
      message: `${name} is ${what}, which holds a private key`,
      line: 1,
      column: 1,
      pointer: '',
      value: '',
    }));
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, at) => bytes[at] === byte);
}
