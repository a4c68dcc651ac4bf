import { Worker } from 'node:worker_threads';
import type { Evaluated, Evaluation } from './evaluation.ts';

const entry = import.meta.url.endsWith('.ts')
  ? new URL('./evaluator-worker.ts', import.meta.url)
  : new URL('./evaluator-worker.js', import.meta.url);

export type ThreadAnswer = Evaluated | { readonly kind: 'exhausted'; readonly limit: string };

export interface ThreadLimits {
  readonly timeoutMs: number;
  readonly heapMb: number;
}

/** One thread without environment, for one evaluation at a time. What doesn't end is ended; the next has a thread of its own. */
export class EvaluatorThread {
  readonly #limits: ThreadLimits;
  #worker: Worker | undefined;

  constructor(limits: ThreadLimits) {
    this.#limits = limits;
  }

  async run(evaluation: Evaluation): Promise<ThreadAnswer> {
    const worker = this.#worker ?? this.#start();
    worker.ref();
    const answer = await this.#answer(worker, evaluation);
    worker.unref();
    if (answer.kind === 'exhausted') await this.end();
    return answer;
  }

  async end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(entry, {
      env: {},
      argv: [],
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: this.#limits.heapMb, stackSizeMb: 4 },
    });
    worker.on('error', () => undefined); // the evaluation that was on its way says so
    this.#worker = worker;
    return worker;
  }

  #answer(worker: Worker, evaluation: Evaluation): Promise<ThreadAnswer> {
    const { timeoutMs, heapMb } = this.#limits;
    return new Promise((resolve) => {
      const settle = (answer: ThreadAnswer): void => {
        clearTimeout(timer);
        worker.off('message', settle).off('exit', onExit);
        resolve(answer);
      };
      const onExit = (): void => {
        settle({ kind: 'exhausted', limit: `${String(heapMb)} MB` });
      };
      const timer = setTimeout(settle, timeoutMs, { kind: 'exhausted', limit: `${String(timeoutMs / 1_000)} s` } satisfies ThreadAnswer);
      worker.on('message', settle).on('exit', onExit);
      worker.postMessage(evaluation);
    });
  }
}
