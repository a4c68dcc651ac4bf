import { ciphertextsIn, readableText, type Digest, type FoundFault } from '@fairlead/domain';
import { secretFixes } from './secret-fixes.ts';

interface Place {
  readonly file: string;
  readonly environment: string;
}

/** Ciphertext that several environments have: each could read what belongs to the other. */
export class CopiedCiphertext {
  readonly #first = new Map<Digest, Place>();
  readonly #faults = new Map<string, FoundFault>();

  look({ file, environment, bytes }: Place & { readonly bytes: Uint8Array }): void {
    const read = readableText(bytes);
    if (read.kind === 'binary') return;
    for (const { digest, line, what } of ciphertextsIn(read.text)) {
      const first = this.#first.get(digest);
      if (first === undefined) this.#first.set(digest, { file, environment });
      else if (first.environment !== environment && !this.#faults.has(file)) {
        const message = `${what} is the same as in ${first.file} of ${first.environment}`;
        const place = { file, line, column: 1, pointer: '' };
        this.#faults.set(file, { rule: 'S20', environment, message, fix: secretFixes.S20, ...place });
      }
    }
  }

  faults(): readonly FoundFault[] {
    return [...this.#faults.values()];
  }
}
