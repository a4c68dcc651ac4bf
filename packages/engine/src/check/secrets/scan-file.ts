import { binarySecrets, readableText, scanText, valueDigest, type FoundFault, type FoundSecret } from '@fairlead/domain';
import { secretFixes } from './secret-fixes.ts';

export interface ScanContext {
  /** Where one environment alone reads the file. */
  readonly environment?: string;
  /** Makes a finding's fingerprint tell one value from another; without it the fingerprint says nothing of the value. */
  readonly fingerprintKey?: string;
}

/** The secrets of one file, whatever it is. Pure: the same bytes have the same findings, which hold no value. */
export function scanFile(path: string, bytes: Uint8Array, context: ScanContext): readonly FoundFault[] {
  return secretsInBytes(path, bytes).map((secret) => secretFault(path, secret, context));
}

/** With their values, for whoever has to compare them. */
export function secretsInBytes(path: string, bytes: Uint8Array): readonly FoundSecret[] {
  const read = readableText(bytes);
  return read.kind === 'text' ? scanText({ path, text: read.text }) : binarySecrets(path, bytes);
}

export function secretFault(file: string, secret: FoundSecret, { environment, fingerprintKey }: ScanContext): FoundFault {
  const { rule, message, line, column, pointer, object, severity, value } = secret;
  return {
    rule,
    message,
    fix: secretFixes[rule],
    file,
    line,
    column,
    pointer,
    ...(environment === undefined ? {} : { environment }),
    ...(object === undefined ? {} : { object }),
    ...(severity === undefined ? {} : { severity }),
    ...(fingerprintKey === undefined ? {} : { valueDigest: valueDigest(value, fingerprintKey) }),
  };
}
