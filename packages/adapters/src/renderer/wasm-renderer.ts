import { desiredDigest, InvariantError, type JsonObject } from '@fairlead/domain';
import type { Renderer, RenderOutcome } from '@fairlead/engine';
import { createRenderer, type RenderResult } from '@fairlead/renderer';
import { z } from 'zod';
import type { WasmRendererOptions } from './options.ts';

/** Upstream kustomize as WebAssembly, in a worker. */
export interface WasmRenderer extends Renderer, AsyncDisposable {
  /** Starts the worker and pays what makes a first render slow. */
  warm(): Promise<void>;
}

export function wasmRenderer(options: WasmRendererOptions = {}): WasmRenderer {
  const renderer = createRenderer(options);
  return {
    render: async (path, files) => outcomeOf(await renderer.render({ kind: 'kustomize', path, files }), path),
    warm: () => renderer.warm(),
    [Symbol.asyncDispose]: () => renderer[Symbol.asyncDispose](),
  };
}

function outcomeOf(result: RenderResult, path: string): RenderOutcome {
  if (result.kind === 'failed') {
    const { kind, code, message, inputs } = result;
    if (code === 'bad-request')
      throw new InvariantError('render-request', `the renderer refuses to render ${JSON.stringify(path)}: ${message}`);
    return { kind, code, message, inputs };
  }
  const { kind, yaml, inputs, versions } = result;
  const objects = result.objects.filter(isObject);
  return { kind, yaml, objects, inputs, versions: { ...versions }, digest: desiredDigest(objects) };
}

const Fields = z.record(z.string(), z.unknown());

/** The guest prints every document as a JSON object, so its values need no second look. */
function isObject(value: unknown): value is JsonObject {
  return Fields.safeParse(value).success;
}
