import { InvalidError } from '../errors.ts';
import { fromBase64 } from '../evidence/base64.ts';

/** As Kubernetes decodes it: line breaks inside don't count. `undefined`: it is something else. */
export function base64Bytes(text: string): Uint8Array | undefined {
  try {
    return fromBase64(text.replaceAll(/\s/g, ''));
  } catch (error) {
    if (error instanceof InvalidError) return undefined;
    throw error;
  }
}
