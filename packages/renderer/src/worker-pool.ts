import { RenderWorker, type WorkerJob, type WorkerOptions, type WorkerOutcome } from './render-worker.ts';

export interface PoolOptions {
  readonly size: number;
  /** Answered jobs after which a worker is replaced. */
  readonly recycleAfter: number;
  /** Pages of memory above which a worker is replaced: a guest never gives memory back. */
  readonly recycleAbovePages: number;
  readonly workerOptions: () => Promise<WorkerOptions>;
}

/** At most `size` workers, started when a job needs one, each with one job at a time; jobs wait in their order. */
export class WorkerPool {
  readonly #options: PoolOptions;
  readonly #workers = new Set<RenderWorker>();
  readonly #idle: RenderWorker[] = [];
  readonly #waiting: (() => void)[] = [];
  #busy = 0;
  #disposed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  async run(job: WorkerJob): Promise<WorkerOutcome> {
    await this.#turn();
    try {
      const worker = await this.#take();
      const outcome = await worker.run(job).finally(() => this.#workers.delete(worker));
      await this.#giveBack(worker, outcome);
      return outcome;
    } finally {
      this.#passOn();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    await Promise.all([...this.#workers].map((worker) => worker.end()));
  }

  async #turn(): Promise<void> {
    if (this.#busy < this.#options.size) this.#busy += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #passOn(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#busy -= 1;
    else next();
  }

  async #take(): Promise<RenderWorker> {
    const options = await this.#options.workerOptions();
    if (this.#disposed) throw new Error('the renderer is disposed of');
    const idle = this.#idle.pop();
    const worker = idle?.alive === true ? idle : new RenderWorker(options);
    this.#workers.add(worker);
    return worker;
  }

  async #giveBack(worker: RenderWorker, outcome: WorkerOutcome): Promise<void> {
    if (outcome.kind !== 'answered') return;
    const worn = worker.jobs >= this.#options.recycleAfter || outcome.memoryPages > this.#options.recycleAbovePages;
    if (worn || this.#disposed) return worker.end();
    this.#workers.add(worker);
    this.#idle.push(worker);
  }
}
