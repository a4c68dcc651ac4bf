import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { fieldsOf } from './fields.ts';
import { pageBytes, withMemoryMaximum } from './memory-maximum.ts';
import { type RendererVersions } from './render-result.ts';

const folder = new URL('../wasm/', import.meta.url);
const compiled = new Map<number, Promise<LoadedModule>>();

export interface LoadedModule {
  readonly module: WebAssembly.Module;
  readonly versions: RendererVersions;
}

/** The committed module, checked against its recorded digest and compiled once per process and memory maximum. */
export function loadModule(maxMemoryMiB: number): Promise<LoadedModule> {
  const loading = compiled.get(maxMemoryMiB) ?? compile(maxMemoryMiB);
  compiled.set(maxMemoryMiB, loading);
  return loading;
}

async function compile(maxMemoryMiB: number): Promise<LoadedModule> {
  const [packed, versions] = await Promise.all([readFile(new URL('renderer.wasm.br', folder)), rendererVersions()]);
  const bytes = await promisify(brotliDecompress)(packed);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== versions.sha256) throw new Error(`the renderer's module has digest ${sha256}, recorded is ${versions.sha256}`);
  const module = await WebAssembly.compile(withMemoryMaximum(bytes, (maxMemoryMiB * 2 ** 20) / pageBytes));
  return { module, versions };
}

/** What the module is made of, as recorded beside it; whether it is that module shows when it is loaded. */
export async function rendererVersions(): Promise<RendererVersions> {
  return parseVersions(JSON.parse(await readFile(new URL('renderer.json', folder), 'utf8')));
}

function parseVersions(value: unknown): RendererVersions {
  const fields = fieldsOf(value);
  const text = (name: string): string => {
    const field = fields[name];
    if (typeof field !== 'string') throw new Error(`renderer.json has no ${name}`);
    return field;
  };
  return {
    sha256: text('sha256'),
    goVersion: text('goVersion'),
    kustomize: text('kustomize'),
    kustomizeApi: text('kustomizeApi'),
    helm: text('helm'),
  };
}
