import { desiredDigest, InvariantError, type JsonObject, type RepoPath, UpstreamError } from '@fairlead/domain';
import {
  ownDigest,
  remoteBaseUnreachable,
  remoteBaseView,
  renderSource,
  type ChartToRender,
  type FileSnapshot,
  type InputRead,
  type Renderer,
  type RenderOutcome,
} from '@fairlead/engine';
import { createRenderer, type HelmRequest, type RenderRequest, type RenderResult } from '@fairlead/renderer';
import { z } from 'zod';
import type { WasmRendererOptions } from './options.ts';

/** Upstream kustomize and Helm as WebAssembly, in a worker. */
export interface WasmRenderer extends Renderer, AsyncDisposable {
  /** Starts the worker and pays what makes a first render slow. */
  warm(): Promise<void>;
}

/** Where remote bases are shown while they render: below no name that a repository has. */
const basesRoot = '.fairlead-remote-bases';

export function wasmRenderer({ remoteBases, ...options }: WasmRendererOptions = {}): WasmRenderer {
  const renderer = createRenderer(options);
  const view = remoteBases === undefined ? undefined : remoteBaseView(remoteBases, basesRoot);

  async function render(path: RepoPath | '', given: FileSnapshot): Promise<RenderOutcome> {
    const files = view?.over(given) ?? given;
    const source = await renderSource(path, files);
    if (source.kind === 'failed') return source;
    const request: RenderRequest = source.kind === 'chart' ? { ...helmRequest(source.chart), files } : { kind: 'kustomize', path, files };
    return outcomeOf(await renderer.render(request), source.inputs);
  }

  return {
    async render(path, files) {
      try {
        return await render(path, files);
      } catch (error) {
        if (!(error instanceof UpstreamError) || error.code !== remoteBaseUnreachable) throw error;
        return { kind: 'failed', code: 'remote-base', message: error.message, inputs: [] };
      }
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

function withOwnDigest(input: InputRead): InputRead {
  return input.kind !== 'file' || input.digest === undefined ? input : { ...input, digest: ownDigest(input.digest) };
}

/** What the folder's own documents say is its content; a path is ours. */
function refused(message: string, inputs: readonly InputRead[]): RenderOutcome {
  if (!inputs.some(({ path, kind }) => kind === 'file' && /(?:^|\/)(?:helm-render|Chart)\.yaml$/.test(path))) {
    throw new InvariantError('render-request', `the renderer refuses the request: ${message}`);
  }
  return { kind: 'failed', code: 'render-failed', message, inputs };
}

/** By path; what was read to know what renders is no less an input. A remote base is none: the commit that pins it stands in one. */
function joined(read: readonly InputRead[], rendered: readonly InputRead[]): readonly InputRead[] {
  const own = [...read, ...rendered].filter(({ path }) => path !== basesRoot && !path.startsWith(`${basesRoot}/`));
  const all = new Map(own.map((input) => [input.path, withOwnDigest(input)]));
  return [...all.values()].toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

const Fields = z.record(z.string(), z.unknown());

/** The guest prints every document as a JSON object, so its values need no second look. */
function isObject(value: unknown): value is JsonObject {
  return Fields.safeParse(value).success;
}
