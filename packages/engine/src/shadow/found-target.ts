import type { SignedRecord } from '@fairlead/domain';
import type { ShadowLook } from './look-in-shadow.ts';

/** A target that was looked at, with what is to be written of it. */
export interface FoundTarget {
  readonly look: ShadowLook;
  /** What is other than at the look before. */
  readonly records: readonly SignedRecord[];
  /** The newest record of what the target says. */
  readonly record: SignedRecord['digest'] | undefined;
}
