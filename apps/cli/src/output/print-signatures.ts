import type { Digest } from '@fairlead/domain';
import { exitCode, type ExitCode } from '../exit-code.ts';
import type { SignaturesAsked } from '../local/wire/judge-signatures.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import type { OutputFormat } from './output-format.ts';
import { printDocument } from './print.ts';
import { signaturesText } from './signatures-text.ts';

type About = Pick<SignaturesAsked, 'key' | 'environment' | 'signature'> & { readonly bundle: readonly string[] };

/** Whether a command asks who signed something. */
export function isAboutSignatures({ key, environment, signature, bundle }: About): boolean {
  if (key !== undefined && environment !== undefined)
    throw new UsageError('--key and --environment contradict each other', 'judge by one of them');
  if (key !== undefined || environment !== undefined) return true;
  if (signature === undefined && bundle.length === 0) return false;
  throw new UsageError('whose signature it has to be is not said', 'give --key FILE, or -e ENVIRONMENT for what its policy asks');
}

/** Judges and prints. Not judged is not passed. */
export async function printSignatures(
  { terminal, format }: { readonly terminal: Terminal; readonly format: OutputFormat },
  asked: SignaturesAsked & { readonly digest: Digest },
): Promise<ExitCode> {
  const { judgeSignatures, signatureAdvice } = await import('../local/wire/judge-signatures.ts');
  const checks = await judgeSignatures(terminal, asked);
  const { service, version } = asked.manifest.metadata;
  const text = signaturesText(checks, signatureAdvice);
  printDocument(terminal, format, {
    document: { release: asked.digest, service, version, signatures: checks },
    text: `${asked.digest}\n${text}`,
  });
  if (checks.some(({ outcome }) => outcome.kind === 'failed')) return exitCode.contentSaysNo;
  return checks.some(({ outcome }) => outcome.kind === 'not-checked') ? exitCode.partlyDone : exitCode.done;
}
