import { fromBase64 } from '../../evidence/base64.ts';
import { InvalidError } from '../../errors.ts';

/** The text that a part of a web token holds, byte by byte, in either alphabet; '' where there is none. */
export function fromBase64Url(text: string): string {
  const base64 = text.replaceAll('-', '+').replaceAll('_', '/');
  try {
    const bytes = fromBase64(base64 + '='.repeat((4 - (base64.length % 4)) % 4));
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  } catch (error) {
    if (error instanceof InvalidError) return '';
    throw error;
  }
}
