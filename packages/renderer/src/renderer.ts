import { concludeRender } from './conclude-render.ts';
import { InputLog } from './input-log.ts';
import { pageBytes } from './memory-maximum.ts';
import { loadModule } from './module-artifact.ts';
import { RenderCache } from './render-cache.ts';
import { wordOrder } from './render-order.ts';
import { type RenderRequest } from './render-request.ts';
import { type RenderResult } from './render-result.ts';
import { warmingRequest } from './warming-request.ts';
import { WorkerPool } from './worker-pool.ts';

export interface RendererOptions {
  /** What one instance may use. Default 512; a thousand objects need 400. */
  readonly maxMemoryMiB?: number;
  /** For one render, from when it has a worker. Default 60,000. */
  readonly timeoutMs?: number;
  /** How many renders run at once. Default 1. */
  readonly workers?: number;
  /** Renders after which a worker is replaced. Default 1,000. */
  readonly recycleAfter?: number;
  /** Finished renders that are kept in memory. Default 64. */
  readonly cacheEntries?: number;
}

export interface Renderer extends AsyncDisposable {
  /** Rejects only with the error of a snapshot, or where the renderer is disposed of. */
  render(request: RenderRequest): Promise<RenderResult>;
  /** Starts the workers and lets each do once what makes a first render slow. */
  warm(): Promise<void>;
}

/** Renders with upstream's kustomize and Helm in WebAssembly: no network, no programs, no files but the request's, within bounds. */
export function createRenderer(options: RendererOptions = {}): Renderer {
  const { maxMemoryMiB = 512, timeoutMs = 60_000, workers = 1, recycleAfter = 1_000, cacheEntries = 64 } = options;
  const maxBytes = maxMemoryMiB * 2 ** 20;
  const cache = new RenderCache(cacheEntries);
  const pool = new WorkerPool({
    size: workers,
    recycleAfter,
    recycleAbovePages: (0.5 * maxBytes) / pageBytes,
    workerOptions: async () => ({ module: (await loadModule(maxMemoryMiB)).module, softMemoryBytes: Math.floor(0.8 * maxBytes) }),
  });

  async function renderAnew({ files }: RenderRequest, order: string): Promise<{ result: RenderResult; log: InputLog }> {
    const log = new InputLog(files);
    const outcome = await pool.run({ order: new TextEncoder().encode(order), timeoutMs, answerLook: log.answerLook });
    const { versions } = await loadModule(maxMemoryMiB);
    const inputs = log.inputs.map(({ read }) => read);
    return { result: concludeRender(outcome, { limits: { maxMemoryMiB, timeoutMs }, inputs, versions }), log };
  }

  async function render(request: RenderRequest): Promise<RenderResult> {
    const order = wordOrder(request);
    if (order.kind === 'refused') return { ...order, kind: 'failed', inputs: [] };
    const found = await cache.find(order.text, request.files);
    if (found !== undefined) return found.kind === 'rendered' ? { ...found, cached: true } : found;

    const { result, log } = await renderAnew(request, order.text);
    if (!log.linked && isRepeatable(result)) cache.add({ order: order.text, result, inputs: log.inputs }, request.files.identity);
    return result;
  }

  return {
    render,
    async warm() {
      const order = wordOrder(warmingRequest);
      if (order.kind === 'refused') throw new Error(order.message);
      await Promise.all(Array.from({ length: workers }, () => renderAnew(warmingRequest, order.text)));
    },
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}

function isRepeatable(result: RenderResult): boolean {
  return result.kind === 'rendered' || (result.code !== 'timed-out' && result.code !== 'out-of-memory');
}
