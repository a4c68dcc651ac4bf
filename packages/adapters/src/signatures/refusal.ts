import type { AttestationFault } from '@fairlead/engine';

/** Ends a verification; never leaves this folder. */
export class Refusal extends Error {
  readonly fault: AttestationFault;

  constructor(fault: AttestationFault, because: string) {
    super(because);
    this.fault = fault;
  }
}
