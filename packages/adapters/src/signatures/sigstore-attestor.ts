import type { AttestationAnswer, AttestationQuestion, Attestor, SignedMaterial } from '@fairlead/engine';
import { AttestorThread, type AttestorLimits } from './attestor-thread.ts';

/** Real bundles have some 10 kB; SBOMs as attestations have megabytes. */
const usual: AttestorLimits = { timeoutMs: 10_000, heapMb: 128, materialBytes: 8 * 1024 * 1024 };

/** An attestor and its thread, which starts at the first question. */
export interface SigstoreAttestor extends Attestor, AsyncDisposable {}

/** Verifies Sigstore bundles and cosign's older signatures: by key, or by identity against a trusted root. Opens no connection. */
export function sigstoreAttestor(limits: Partial<AttestorLimits> = {}): SigstoreAttestor {
  const all = { ...usual, ...limits };
  const thread = new AttestorThread(all);
  let last: Promise<unknown> = Promise.resolve();
  return {
    async verify(question): Promise<AttestationAnswer> {
      const size = sizeOf(question);
      if (size > all.materialBytes)
        return { kind: 'refused', code: 'too-large', because: `it has ${String(size)} bytes, more than ${String(all.materialBytes)}` };
      // One at a time: a limit of time is one question's.
      const turn = last.then(() => thread.ask(question));
      last = turn.catch(() => undefined);
      return turn;
    },
    [Symbol.asyncDispose]: () => thread.end(),
  };
}

function sizeOf({ material, artifact }: AttestationQuestion): number {
  return bytesOf(material) + (artifact?.length ?? 0);
}

function bytesOf(material: SignedMaterial): number {
  if (material.kind === 'bundle') return material.bytes.length;
  return material.bytes.length + Object.entries(material.annotations).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
}
