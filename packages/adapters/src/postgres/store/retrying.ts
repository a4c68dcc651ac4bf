/** Serialisation failure and deadlock: nothing happened, and the same may succeed now. */
const transient: ReadonlySet<unknown> = new Set(['40001', '40P01']);
const attempts = 4;

export async function retrying<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts || !(error instanceof Error && 'code' in error && transient.has(error.code))) throw error;
    }
  }
}
