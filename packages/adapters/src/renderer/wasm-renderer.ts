import { desiredDigest, InvariantError, type JsonObject } from '@fairlead/domain';
import { renderSource, type ChartToRender, type InputRead, type Renderer, type RenderOutcome } from '@fairlead/engine';
import { createRenderer, type HelmRequest, type RenderRequest, type RenderResult } from '@fairlead/renderer';
import { z } from 'zod';
import type { WasmRendererOptions } from './options.ts';

/** Upstream kustomize and Helm as WebAssembly, in a worker. */
export interface WasmRenderer extends Renderer, AsyncDisposable {
  /** Starts the worker and pays what makes a first render slow. */
  warm(): Promise<void>;
}

export function wasmRenderer(options: WasmRendererOptions = {}): WasmRenderer {
  const renderer = createRenderer(options);
  return {
    async render(path, files) {
      const source = await renderSource(path, files);
      if (source.kind === 'failed') return source;
      const request: RenderRequest = source.kind === 'chart' ? { ...helmRequest(source.chart), files } : { kind: 'kustomize', path, files };
      return outcomeOf(await renderer.render(request), source.inputs);
    },
    warm: () => renderer.warm(),
    [Symbol.asyncDispose]: () => renderer[Symbol.asyncDispose](),
  };
}

function helmRequest({ chart, values, parameters, ...options }: ChartToRender): Omit<HelmRequest, 'files'> {
  const set = parameters.map(({ name, value, forceString }) => ({
    flag: forceString ? ('set-string' as const) : ('set' as const),
    text: `${name}=${value}`,
  }));
  return { kind: 'helm', path: chart, valuesFiles: values, set, ...options };
}

function outcomeOf(result: RenderResult, read: readonly InputRead[]): RenderOutcome {
  const inputs = joined(read, result.inputs);
  if (result.kind === 'failed') {
    const { kind, code, message } = result;
    if (code === 'bad-request') return refused(message, inputs);
    return { kind, code, message, inputs };
  }
  const { kind, yaml, versions } = result;
  const objects = result.objects.filter(isObject);
  return { kind, yaml, objects, inputs, versions: { ...versions }, digest: desiredDigest(objects) };
}

/** What the folder's own documents say is its content; a path is ours. */
function refused(message: string, inputs: readonly InputRead[]): RenderOutcome {
  if (!inputs.some(({ path, kind }) => kind === 'file' && /(?:^|\/)(?:helm-render|Chart)\.yaml$/.test(path))) {
    throw new InvariantError('render-request', `the renderer refuses the request: ${message}`);
  }
  return { kind: 'failed', code: 'render-failed', message, inputs };
}

/** By path; what was read to know what renders is no less an input. */
function joined(read: readonly InputRead[], rendered: readonly InputRead[]): readonly InputRead[] {
  const all = new Map([...read, ...rendered].map((input) => [input.path, input]));
  return [...all.values()].toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

const Fields = z.record(z.string(), z.unknown());

/** The guest prints every document as a JSON object, so its values need no second look. */
function isObject(value: unknown): value is JsonObject {
  return Fields.safeParse(value).success;
}
