import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { type FileSnapshot } from './file-snapshot.ts';
import { memorySnapshot } from './memory-snapshot.ts';
import { type KustomizeRequest } from './render-request.ts';
import { createRenderer } from './renderer.ts';

const base = {
  'base/kustomization.yaml':
    'resources: [pod.yaml]\nconfigMapGenerator: [{name: c, files: [blob]}]\ngeneratorOptions: {disableNameSuffixHash: true}\n',
  'base/pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {count: 3}\n',
  'base/blob': Uint8Array.of(0, 255, 254),
  'base/unused.txt': 'never read',
  'overlay/kustomization.yaml': 'resources: [../base]\nnamePrefix: x-\n',
};

type Files = Readonly<Record<string, string | Uint8Array>>;

/** Counts what is asked of it. */
function counted(files: Files, identity?: string): { readonly files: FileSnapshot; readonly asked: { look: number; digest: number } } {
  const held = memorySnapshot(files);
  const asked = { look: 0, digest: 0 };
  const snapshot: FileSnapshot = {
    ...(identity === undefined ? {} : { identity }),
    look(path) {
      asked.look += 1;
      return held.look(path);
    },
    async digest(path) {
      asked.digest += 1;
      const answer = await held.look(path);
      return 'digest' in answer ? answer.digest : answer.kind;
    },
  };
  return { files: snapshot, asked };
}

const request = (files: FileSnapshot, path = 'overlay'): KustomizeRequest => ({ kind: 'kustomize', path, files });

describe('a render', () => {
  const renderer = createRenderer();
  afterAll(() => renderer[Symbol.asyncDispose]());

  it('answers the text and the same objects as JSON values', async () => {
    const result = await renderer.render(request(memorySnapshot(base)));

    expect(result).toMatchObject({
      kind: 'rendered',
      yaml: [
        'apiVersion: v1\nbinaryData:\n  blob: AP/+\nkind: ConfigMap\nmetadata:\n  name: x-c\n',
        'apiVersion: v1\nkind: Pod\nmetadata:\n  name: x-p\nspec:\n  count: 3\n',
      ].join('---\n'),
      objects: [
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x-c' }, binaryData: { blob: 'AP/+' } },
        { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x-p' }, spec: { count: 3 } },
      ],
    });
  });

  it('names what it learned from the files, and nothing else', async () => {
    const { inputs } = await renderer.render(request(memorySnapshot(base)));

    const digest: unknown = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(inputs).toEqual([
      { path: 'base', kind: 'directory' },
      { path: 'base/Kustomization', kind: 'absent' },
      { path: 'base/blob', kind: 'file', digest },
      { path: 'base/kustomization.yaml', kind: 'file', digest },
      { path: 'base/kustomization.yml', kind: 'absent' },
      { path: 'base/pod.yaml', kind: 'file', digest },
      { path: 'overlay', kind: 'directory' },
      { path: 'overlay/Kustomization', kind: 'absent' },
      { path: 'overlay/kustomization.yaml', kind: 'file', digest },
      { path: 'overlay/kustomization.yml', kind: 'absent' },
    ]);
  });

  it('rejects with the error of its files, and the next one works', async () => {
    const lost = new Error('the repository is gone');

    await expect(renderer.render(request({ look: () => Promise.reject(lost) }, 'lost'))).rejects.toBe(lost);
    expect(await renderer.render(request(memorySnapshot({ 'a/kustomization.yaml': 'resources: []' }), 'a'))).toMatchObject({
      kind: 'rendered',
    });
  });

  it('does not see the schema that another overlay brought', async () => {
    await using fresh = createRenderer({ cacheEntries: 0 });
    const item = (size: number): string =>
      `apiVersion: e.com/v1\nkind: Fleet\nmetadata: {name: f}\nspec: {ships: [{name: n${String(size)}, size: ${String(size)}}]}\n`;
    const plain = { 'o/kustomization.yaml': 'resources: [a.yaml]\npatches: [{path: b.yaml}]\n', 'o/a.yaml': item(1), 'o/b.yaml': item(2) };
    const list = {
      type: 'array',
      items: { type: 'object' },
      'x-kubernetes-patch-merge-key': 'name',
      'x-kubernetes-patch-strategy': 'merge',
    };
    const schema = {
      definitions: {
        Fleet: {
          type: 'object',
          'x-kubernetes-group-version-kind': [{ group: 'e.com', version: 'v1', kind: 'Fleet' }],
          properties: { spec: { type: 'object', properties: { ships: list } } },
        },
      },
    };
    const own = {
      ...plain,
      'o/kustomization.yaml': `${plain['o/kustomization.yaml']}openapi: {path: s.json}\n`,
      'o/s.json': JSON.stringify(schema),
    };

    const ships = async (files: Files): Promise<unknown> => {
      const result = await fresh.render(request(memorySnapshot(files), 'o'));
      return result.kind === 'rendered' && result.yaml.match(/name: n\d/g)?.length;
    };

    expect([await ships(plain), await ships(own), await ships(plain), await ships(own)]).toEqual([1, 2, 1, 2]);
  });
});

describe('the cache', () => {
  const renderer = createRenderer();
  afterAll(() => renderer[Symbol.asyncDispose]());

  it('asks nothing for a snapshot that it knows', async () => {
    await renderer.render(request(counted(base, 'commit-1').files));
    const again = counted(base, 'commit-1');

    expect(await renderer.render(request(again.files))).toMatchObject({ kind: 'rendered', cached: true });
    expect(again.asked).toEqual({ look: 0, digest: 0 });
  });

  it('asks only for digests where the inputs are the same and the rest is not', async () => {
    await renderer.render(request(counted(base, 'commit-1').files));
    const again = counted({ ...base, 'base/unused.txt': 'edited', 'base/new.txt': 'new' }, 'commit-2');

    expect(await renderer.render(request(again.files))).toMatchObject({ kind: 'rendered', cached: true });
    expect(again.asked.look).toBeLessThanOrEqual(2); // the two directories, whose digests hold more than their presence
    expect(again.asked.digest).toBe(10);
  });

  it('renders anew where an input changed', async () => {
    await renderer.render(request(memorySnapshot(base)));
    const result = await renderer.render(request(memorySnapshot({ ...base, 'base/blob': 'text' })));

    expect(result).toMatchObject({ kind: 'rendered', cached: false });
    expect(result.kind === 'rendered' && result.yaml).toContain('blob: text');
  });

  it('renders anew where something appeared that was absent', async () => {
    await renderer.render(request(memorySnapshot(base)));

    expect(await renderer.render(request(memorySnapshot({ ...base, 'base/Kustomization': '' })))).toMatchObject({ kind: 'failed' });
  });

  it('remembers a refusal too', async () => {
    const refused = { 'r/kustomization.yaml': 'resources: ["https://example.com/x.yaml"]' };
    await renderer.render(request(counted(refused, 'commit-3').files, 'r'));
    const again = counted(refused, 'commit-3');

    expect(await renderer.render(request(again.files, 'r'))).toMatchObject({ kind: 'failed', code: 'remote-base' });
    expect(again.asked).toEqual({ look: 0, digest: 0 });
  });
});

describe('a pool', () => {
  it.each([1, 2])('keeps renders apart that run at once on %i workers', async (workers) => {
    await using renderer = createRenderer({ workers });
    const names = ['a', 'b', 'c', 'd', 'e'];

    const results = await Promise.all(
      names.map((name) => {
        const files = {
          'o/kustomization.yaml': `resources: [p.yaml]\nnamePrefix: ${name}-`,
          'o/p.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}',
        };
        return renderer.render(request(memorySnapshot(files), 'o'));
      }),
    );

    expect(results.map((result) => result.kind === 'rendered' && result.objects)).toEqual(
      names.map((name) => [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: `${name}-p` } }]),
    );
  });

  it('ends the render that runs and the one that waits when it is disposed of', async () => {
    const renderer = createRenderer();
    const disposed = /disposed of/;
    const silent: FileSnapshot = { look: () => new Promise(() => undefined) };
    await renderer.warm();

    const running = expect(renderer.render(request(silent))).rejects.toThrow(disposed);
    const waiting = expect(renderer.render(request(silent))).rejects.toThrow(disposed);
    await renderer[Symbol.asyncDispose]();

    await Promise.all([running, waiting]);
    await expect(renderer.render(request(silent))).rejects.toThrow(disposed);
  });
});

describe('a process that rendered', () => {
  it.each(['./index.ts', '../dist/index.js'])('ends by itself, with the code of %s', async (entry) => {
    const program = `
      import { createRenderer, memorySnapshot } from ${JSON.stringify(new URL(entry, import.meta.url).href)};
      const renderer = createRenderer();
      await renderer.warm();
      const files = memorySnapshot({ 'kustomization.yaml': 'resources: []' });
      const result = await renderer.render({ kind: 'kustomize', path: '', files });
      console.log(result.kind);`;

    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);

    expect(stdout).toBe('rendered\n');
  });
});
