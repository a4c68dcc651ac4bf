import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { type Looked, type Want } from './look.ts';
import { type FromWorker, type ToWorker } from './worker-messages.ts';

export interface WorkerOptions {
  readonly module: WebAssembly.Module;
  readonly softMemoryBytes: number;
}

export interface WorkerJob {
  readonly order: Uint8Array;
  readonly timeoutMs: number;
  /** Answers what the guest asks; a rejection ends the job with that error. */
  readonly answerLook: (path: string, want: Want) => Promise<Looked>;
}

export type WorkerOutcome =
  | { readonly kind: 'answered'; readonly answer: Uint8Array; readonly memoryPages: number }
  | { readonly kind: 'died'; readonly message: string; readonly lastWords: string }
  | { readonly kind: 'timed-out' };

const entry = import.meta.url.endsWith('.ts') ? new URL('./worker.ts', import.meta.url) : new URL('./worker.js', import.meta.url);
const scriptHeapMiB = 256;

/** One thread with one instance. It keeps the process alive only while it renders, and is ended by any outcome but `answered`. */
export class RenderWorker {
  readonly #thread: Worker;
  readonly #answers: MessagePort;
  readonly #bell = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  #jobs = 0;
  #alive = true;

  constructor({ module, softMemoryBytes }: WorkerOptions) {
    this.#thread = new Worker(entry, { env: {}, argv: [], execArgv: [], resourceLimits: { maxOldGenerationSizeMb: scriptHeapMiB } });
    const { port1, port2 } = new MessageChannel();
    this.#answers = port1;
    const start: ToWorker = { kind: 'start', module, softMemoryBytes, answers: port2, bell: this.#bell.buffer };
    this.#thread.postMessage(start, [port2]);
    this.#thread.on('error', () => undefined); // `exit` follows, and a job listens for itself
    this.#thread.on('exit', () => {
      this.#alive = false;
    });
    this.#thread.unref();
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** How many jobs it was given. */
  get jobs(): number {
    return this.#jobs;
  }

  /** One at a time. Rejects with what `answerLook` rejects with, or where the worker is ended meanwhile. */
  async run(job: WorkerJob): Promise<WorkerOutcome> {
    this.#jobs += 1;
    this.#thread.ref();
    let outcome: WorkerOutcome | undefined;
    try {
      outcome = await this.#outcome(job);
      return outcome;
    } finally {
      this.#thread.unref();
      if (outcome?.kind !== 'answered') await this.end();
    }
  }

  async end(): Promise<void> {
    this.#answers.close();
    await this.#thread.terminate();
  }

  #outcome({ order, timeoutMs, answerLook }: WorkerJob): Promise<WorkerOutcome> {
    const thread = this.#thread;
    let stopListening = (): void => undefined;
    const outcome = new Promise<WorkerOutcome>((resolve, reject) => {
      const onMessage = (message: FromWorker): void => {
        if (message.kind === 'look') answerLook(message.path, message.want).then(this.#reply, reject);
        else resolve(message);
      };
      // The thread's own heap limit arrives as an error too.
      const onError = (error: unknown): void => {
        resolve({ kind: 'died', message: String(error), lastWords: '' });
      };
      const onExit = (): void => {
        reject(new Error('the renderer was disposed of while it rendered'));
      };
      const timer = setTimeout(resolve, timeoutMs, { kind: 'timed-out' } satisfies WorkerOutcome);
      thread.on('message', onMessage).on('error', onError).on('exit', onExit);
      stopListening = () => {
        clearTimeout(timer);
        thread.off('message', onMessage).off('error', onError).off('exit', onExit);
      };
      thread.postMessage({ kind: 'render', order } satisfies ToWorker);
    });
    return outcome.finally(() => {
      stopListening();
    });
  }

  readonly #reply = (looked: Looked): void => {
    this.#answers.postMessage(looked);
    Atomics.store(this.#bell, 0, 1);
    Atomics.notify(this.#bell, 0);
  };
}
