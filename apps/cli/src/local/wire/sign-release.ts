import { readSigningKey, signRelease, type SigningKey } from '@fairlead/adapters/signatures';
import { bundlesIn, readReleaseManifest } from '@fairlead/domain';
import { documentError } from '../document-error.ts';

export { readSigningKey };

export interface SignedFile {
  /** All signatures of the manifest, one a line. */
  readonly text: string;
  readonly keyId: string;
}

/** Signs the manifest, and keeps the signatures of others. `name`: of the file, for messages. */
export function signManifestFile(
  key: SigningKey,
  { name, text, before }: { readonly name: string; readonly text: string; readonly before: Uint8Array },
): SignedFile {
  const read = readReleaseManifest(text, name);
  if (read.kind === 'invalid') throw documentError(name, read.problems);
  const own = Buffer.from(signRelease(key, read.value, Buffer.from(text))).toString();
  const others = before.length === 0 ? [] : bundlesIn(before).map((bundle) => oneLine(Buffer.from(bundle).toString()));
  const kept = others.filter((line) => !line.includes(key.keyId));
  return { text: [...kept, own, ''].join('\n'), keyId: key.keyId };
}

/** A bundle that somebody printed over several lines. */
function oneLine(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text.trim().replaceAll('\n', ' ');
  }
}
