import { passwordWord } from './password-word.ts';
import type { TextSecret } from './text-secret.ts';

interface PasswordPlace {
  readonly start: number;
  readonly end: number;
  /** Where it stands, in words: `in an address`. */
  readonly where: string;
}

/** A password where one is expected; nothing if something else fills it in. A stock one may be live, so it is said, more quietly. */
export function foundPassword({ start, end, where }: PasswordPlace, password: string, isStock = false): TextSecret | undefined {
  const word = passwordWord(password);
  if (word === 'stand-in') return undefined;
  if (word === 'password' && !isStock) return { rule: 'S09', start, end, what: `a password ${where}` };
  return { rule: 'S09', start, end, what: `a placeholder or stock password ${where}`, severity: 'warning' };
}
