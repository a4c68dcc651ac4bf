import { digestOfText, type Digest } from '../evidence/digest.ts';

export interface FoundCiphertext {
  readonly digest: Digest;
  readonly line: number;
  readonly what: string;
}

const shapes = [
  { what: 'a value encrypted by SOPS', shape: /ENC\[AES256_GCM,data:[A-Za-z0-9+/=]+,iv:[A-Za-z0-9+/=]{40,48},tag:[A-Za-z0-9+/=]{20,28},/g },
  { what: 'a sealed value', shape: /\bAg[A-D][A-Za-z0-9+/]{400,}={0,2}/g },
] as const;

/** What a text holds of ciphertext. No two encryptions are the same, so where two are, one is a copy. */
export function ciphertextsIn(text: string): readonly FoundCiphertext[] {
  if (!text.includes('ENC[AES256_GCM') && !text.includes('encryptedData')) return [];
  return shapes.flatMap(({ what, shape }) =>
    [...text.matchAll(shape)].map((match) => ({
      what,
      digest: digestOfText(match[0]),
      line: text.slice(0, match.index).split('\n').length,
    })),
  );
}
