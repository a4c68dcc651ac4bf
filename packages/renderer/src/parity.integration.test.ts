import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { memorySnapshot } from './memory-snapshot.ts';
import { type HelmRequest } from './render-request.ts';
import { createRenderer } from './renderer.ts';

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const overlays = folder('../fixtures/overlays/');
const charts = folder('../fixtures/charts/');
const example = folder('../../../examples/platform-control/');

/** The files below a folder, by path. */
function readTree(root: string): Readonly<Record<string, Uint8Array>> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map(({ parentPath, name }) => [
      join(parentPath, name).slice(root.length).replace(/^\//, ''),
      readFileSync(join(parentPath, name)),
    ]),
  );
}

const foldersIn = (path: string): readonly string[] =>
  existsSync(path)
    ? readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
    : [];

const cases = [
  ...foldersIn(overlays).map((name) => ({
    name,
    root: join(overlays, name),
    path: 'overlay',
    expected: join(overlays, name, 'expected.yaml'),
  })),
  ...foldersIn(join(example, 'environments')).map((name) => ({
    name: `the example's ${name}`,
    root: example,
    path: `environments/${name}`,
    expected: folder(`../fixtures/example/${name}.expected.yaml`),
  })),
];

type HelmOptions = Omit<HelmRequest, 'kind' | 'path' | 'files'> & {
  readonly path?: string;
  readonly links?: Readonly<Record<string, string>>;
};
const isHelmOptions = (value: unknown): value is HelmOptions =>
  typeof value === 'object' && value !== null && 'releaseName' in value && 'namespace' in value;

function helmOptions(name: string): HelmOptions {
  const options: unknown = JSON.parse(readFileSync(join(charts, name, 'request.json'), 'utf8'));
  if (!isHelmOptions(options)) throw new Error(`${name}/request.json is no request`);
  return options;
}

// One worker for all: what one render leaves behind would show in another. `npm run parity:renderer` rewrites the expected bytes.
const renderer = createRenderer();
afterAll(() => renderer[Symbol.asyncDispose]());

describe('the bytes of `kustomize build --enable-helm`', () => {
  it.each(cases)('equals them for $name', async ({ root, path, expected }) => {
    const result = await renderer.render({ kind: 'kustomize', path, files: memorySnapshot(readTree(root)) });

    expect(result).toMatchObject({ kind: 'rendered' });
    expect(result.kind === 'rendered' && result.yaml).toBe(readFileSync(expected, 'utf8'));
  });
});

describe('the bytes of `helm template`', () => {
  it.each(foldersIn(charts))('equals them for %s', async (name) => {
    const { path = 'chart', links, ...options } = helmOptions(name);
    const files = memorySnapshot(readTree(join(charts, name)), links);

    const result = await renderer.render({ ...options, kind: 'helm', path, files });

    expect(result).toMatchObject({ kind: 'rendered' });
    expect(result.kind === 'rendered' && result.yaml).toBe(readFileSync(join(charts, name, 'expected.yaml'), 'utf8'));
  });
});
