import { Worker } from 'node:worker_threads';
import type { AttestationAnswer, AttestationQuestion } from '@fairlead/engine';

const entry = import.meta.url.endsWith('.ts')
  ? new URL('./attestation-worker.ts', import.meta.url)
  : new URL('./attestation-worker.js', import.meta.url);

export interface AttestorLimits {
  readonly timeoutMs: number;
  readonly heapMb: number;
  /** Of one bundle, payload or envelope with all that comes with it. */
  readonly materialBytes: number;
}

/** One thread without environment, for one question at a time. What doesn't end is ended; the next has a thread of its own. */
export class AttestorThread {
  readonly #limits: AttestorLimits;
  #worker: Worker | undefined;
  #fault: unknown;

  constructor(limits: AttestorLimits) {
    this.#limits = limits;
  }

  async ask(question: AttestationQuestion): Promise<AttestationAnswer> {
    const worker = this.#worker ?? this.#start();
    worker.ref();
    const answer = await this.#answer(worker, question);
    worker.unref();
    if (answer.kind === 'refused' && answer.code === 'too-slow') await this.end();
    return answer;
  }

  async end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #start(): Worker {
    const { heapMb } = this.#limits;
    const worker = new Worker(entry, {
      env: {},
      argv: [],
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: heapMb, stackSizeMb: 4 },
    });
    this.#fault = undefined;
    worker.on('error', (error: unknown) => {
      this.#fault = error; // `exit` follows
    });
    this.#worker = worker;
    return worker;
  }

  #answer(worker: Worker, question: AttestationQuestion): Promise<AttestationAnswer> {
    const { timeoutMs, heapMb } = this.#limits;
    const exhausted = (limit: string): AttestationAnswer => ({
      kind: 'refused',
      code: 'too-slow',
      because: `verifying it takes more than ${limit}`,
    });
    return new Promise((resolve, reject) => {
      const settle = (answer: AttestationAnswer): void => {
        clearTimeout(timer);
        worker.off('message', settle).off('exit', onExit);
        resolve(answer);
      };
      const onExit = (): void => {
        if (isOutOfMemory(this.#fault)) settle(exhausted(`${String(heapMb)} MB of memory`));
        clearTimeout(timer);
        this.#worker = undefined;
        reject(this.#fault instanceof Error ? this.#fault : new Error('the thread that verifies signatures was ended'));
      };
      const timer = setTimeout(settle, timeoutMs, exhausted(`${String(timeoutMs / 1_000)} s`));
      worker.on('message', settle).on('exit', onExit);
      worker.postMessage(question);
    });
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
