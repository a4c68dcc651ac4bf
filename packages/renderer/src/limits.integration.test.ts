import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { type FileSnapshot } from './file-snapshot.ts';
import { memorySnapshot } from './memory-snapshot.ts';
import { type RenderRequest } from './render-request.ts';
import { createRenderer } from './renderer.ts';

const overlay = (resource: string): RenderRequest => ({
  kind: 'kustomize',
  path: 'o',
  files: memorySnapshot({ 'o/kustomization.yaml': 'resources: [r.yaml]\nnamePrefix: x-\n', 'o/r.yaml': resource }),
});

const chart = (template: string): RenderRequest => ({
  kind: 'helm',
  path: 'c',
  releaseName: 'r',
  namespace: 'n',
  files: memorySnapshot({ 'c/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n', 'c/templates/a.yaml': template }),
});

const pod = overlay('apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n');

const levels = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
/** Each level holds the one before nine times. */
const aliasBomb = levels.reduce(
  (text, level, i) =>
    `${text}${level}: &${level} [${Array.from({ length: 9 }, () => (i === 0 ? 'x' : `*${String(levels[i - 1])}`)).join(', ')}]\n`,
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bomb}\n',
);

/** A chart of one file of so many MiB of zeros, which takes some kB packed. */
function packedZeros(mebibytes: number): Uint8Array {
  const size = mebibytes * 2 ** 20;
  const header = Buffer.alloc(512);
  header.write('c/zeros', 0);
  header.write('0000644\x00', 100);
  header.write(`${size.toString(8).padStart(11, '0')}\x00`, 124);
  header.write('        0', 148);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\x00 `, 148);
  return gzipSync(Buffer.concat([header, Buffer.alloc(size + 1024)]));
}

describe('the memory maximum', () => {
  const renderer = createRenderer({ maxMemoryMiB: 96 });
  afterAll(() => renderer[Symbol.asyncDispose]());

  it.each([
    ['an alias bomb', overlay(aliasBomb)],
    ['a template that grows without end', chart('{{ repeat 1000000000 "x" }}')],
    ['a template that evaluates itself', chart('{{ define "x" }}{{ tpl "{{ include \\"x\\" . }}" . }}{{ end }}{{ include "x" . }}')],
  ])('ends %s, and the next render works', async (_what, request) => {
    expect(await renderer.render(request)).toMatchObject({ kind: 'failed', code: 'out-of-memory' });
    expect(await renderer.render(pod)).toMatchObject({ kind: 'rendered' });
  });

  it('does not remember what it was too small for', async () => {
    let looks = 0;
    const { files, ...rest } = overlay(aliasBomb);
    const counting: FileSnapshot = {
      look(path) {
        looks += 1;
        return files.look(path);
      },
    };

    await renderer.render({ ...rest, files: counting });
    const first = looks;
    await renderer.render({ ...rest, files: counting });

    expect(looks).toBe(2 * first);
  });
});

describe('the time-out', () => {
  it('ends a render that computes without end, and the next render works', async () => {
    await using renderer = createRenderer({ timeoutMs: 8_000 });
    const endless = '{{ range until 9999 }}{{ range until 9999 }}{{ range until 9999 }}{{ end }}{{ end }}{{ end }}';

    expect(await renderer.render(chart(endless))).toMatchObject({
      kind: 'failed',
      code: 'timed-out',
      message: 'rendering took longer than 8000 ms',
    });
    expect(await renderer.render(chart('{}'))).toMatchObject({ kind: 'rendered' });
  });

  it('ends a render whose files never answer', async () => {
    await using renderer = createRenderer({ timeoutMs: 100 });
    const silent: FileSnapshot = { look: () => new Promise(() => undefined) };

    expect(await renderer.render({ kind: 'kustomize', path: '', files: silent })).toMatchObject({ kind: 'failed', code: 'timed-out' });
  });
});

describe('what can not be rendered', () => {
  const renderer = createRenderer();
  afterAll(() => renderer[Symbol.asyncDispose]());

  it('ends a template that includes itself, by name', async () => {
    const result = await renderer.render(chart('{{ define "x" }}{{ include "x" . }}{{ end }}{{ include "x" . }}'));

    expect(result.kind === 'failed' && result.message).toContain('rendering template has a nested reference name: x');
  });

  it('names a file that was listed, and is gone when it is read', async () => {
    const { files, ...rest } = chart('kind: A\n');
    const vanishing: FileSnapshot = { look: (path) => (path.endsWith('a.yaml') ? Promise.resolve({ kind: 'absent' }) : files.look(path)) };

    const result = await renderer.render({ ...rest, files: vanishing });

    expect(result).toMatchObject({ kind: 'failed', code: 'render-failed' });
    expect(result.kind === 'failed' && result.message).toContain("'c/templates/a.yaml': file does not exist");
  });

  it('says what is wrong with a packed chart that unpacks to more than it may', async () => {
    const files = memorySnapshot({ 'c.tgz': packedZeros(6) });

    const result = await renderer.render({ ...chart(''), files, path: 'c.tgz' } satisfies RenderRequest);

    expect(result.kind === 'failed' && result.message).toContain('is larger than the maximum file size');
  });
});

describe('recycling', () => {
  it('renders the same with a new worker for each render', async () => {
    await using renderer = createRenderer({ recycleAfter: 1, cacheEntries: 0 });

    const first = await renderer.render(pod);
    const second = await renderer.render(pod);

    expect(first).toMatchObject({ kind: 'rendered', cached: false });
    expect(second).toEqual(first);
  });
});
