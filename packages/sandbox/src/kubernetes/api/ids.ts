import { createHash } from 'node:crypto';

export interface Ids {
  uid(): string;
  /** The end of a generated name. */
  suffix(): string;
}

const suffixLength = 5;

/** Ids that look random and, for the same seed and order of calls, are the same. */
export function seededIds(seed: string): Ids {
  let count = 0;
  const digest = (): string =>
    createHash('sha256')
      .update(`${seed}/${(count += 1).toString()}`)
      .digest('hex');
  return {
    uid() {
      const hex = digest();
      return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
    },
    suffix: () => safeText(digest().slice(0, suffixLength)),
  };
}

/** No vowels and no digits that look like them: a generated name is never a word. */
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** As the real server writes hashes into names, one letter of the alphabet for each character. */
export function safeText(text: string): string {
  return Array.from(Buffer.from(text), (code) => alphabet[code % alphabet.length]).join('');
}
