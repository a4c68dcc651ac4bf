import { statementPayloadType } from '@fairlead/domain';
import type { SignedContent } from '@fairlead/engine';
import { Refusal } from './refusal.ts';

/** What an envelope says, once its signature holds. */
export function statementOf(payloadType: string, payload: Uint8Array): SignedContent {
  if (payloadType !== statementPayloadType) throw new Refusal('untrusted', 'what it signs is no in-toto statement');
  return { kind: 'statement', payload: Uint8Array.from(payload) };
}
