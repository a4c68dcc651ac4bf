import type { VerifiedIdentity } from '@fairlead/domain';
import type { SignatureCheck } from '../local/wire/judge-signatures.ts';

/** One sentence for each demand, with what to do where it isn't met. */
export function signaturesText(checks: readonly SignatureCheck[], advice: (check: SignatureCheck) => string): string {
  return checks.map((check) => sentences(check, advice)).join('\n');
}

function sentences(check: SignatureCheck, advice: (check: SignatureCheck) => string): string {
  const { rule, subject, outcome, signers } = check;
  const provenance = rule === 'image-provenance';
  switch (outcome.kind) {
    case 'met':
      return `${subject}: ${provenance ? 'provenance holds, signed' : 'signed'} by ${outcome.by} (${identityText(outcome.identity)})`;
    case 'not-checked':
      return `${subject}: ${provenance ? 'provenance' : 'signature'} not checked: ${outcome.because}`;
    case 'failed': {
      const reasons = outcome.because.length === 0 ? ['there is none'] : outcome.because;
      const what = provenance ? `no provenance that counts, by ${signers.join(' or ')}` : `not signed by ${signers.join(' or ')}`;
      return [`${subject}: ${what}`, ...reasons.map((reason) => `    ${reason}`), `    fix: ${advice(check)}`].join('\n');
    }
  }
}

function identityText(identity: VerifiedIdentity): string {
  return identity.kind === 'key' ? `key ${identity.keyId.slice(0, 16)}…` : `${identity.subject}, vouched for by ${identity.issuer}`;
}
