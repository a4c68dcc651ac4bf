import { InvalidError } from '@fairlead/domain';

/** Every act of a person stands with its reason. */
export function requireReason(reason: string): void {
  if (reason.trim().length >= 3) return;
  throw new InvalidError('reason-missing', 'it needs a reason', { hint: 'say why, with --reason' });
}
