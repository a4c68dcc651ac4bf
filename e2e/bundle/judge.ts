import type { BundleFile, TrustPolicy } from '@fairlead/domain';
import { parseTrust, verifyBundle, type Report, type VerifyOptions } from 'fairlead-verify';
import { tarOf } from './write-bundle.ts';

/** What the verifier says of an archive. */
export async function judge(tar: Uint8Array<ArrayBuffer>, trust: TrustPolicy, options: VerifyOptions = {}): Promise<Report> {
  return verifyBundle(tar, await parseTrust(JSON.stringify(trust)), options);
}

/** The verdict with the codes of what was found, in a line. */
export async function judged(files: readonly BundleFile[], trust: TrustPolicy, options: VerifyOptions = {}): Promise<string> {
  return lineOf(await judge(tarOf(files), trust, options));
}

export function lineOf({ verdict, failures, incomplete }: Report): string {
  return [verdict, ...new Set([...failures, ...incomplete].map(({ code }) => code))].join(' ');
}
