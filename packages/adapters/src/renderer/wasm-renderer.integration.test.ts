import { createHash } from 'node:crypto';
import { RepoPath } from '@fairlead/domain';
import type { FileAnswer, FileSnapshot } from '@fairlead/engine';
import { afterAll, describe, expect, it } from 'vitest';
import { wasmRenderer } from './wasm-renderer.ts';

function snapshotOf(files: Readonly<Record<string, string>>): FileSnapshot {
  const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
  return {
    look(path): Promise<FileAnswer> {
      const text = files[path];
      if (text !== undefined) return Promise.resolve({ kind: 'file', bytes: Buffer.from(text), digest: digest(text) });
      const prefix = path === '' ? '' : `${path}/`;
      const below = Object.keys(files).filter((name) => name.startsWith(prefix));
      if (below.length === 0) return Promise.resolve({ kind: 'absent' });
      const entries = [...new Set(below.map((name) => name.slice(prefix.length).split('/')[0] ?? ''))];
      return Promise.resolve({ kind: 'directory', entries, digest: digest(entries.join('\n')) });
    },
  };
}

const settings = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { mode: "on" }\n`;
const overlay = RepoPath.parse('overlay');

describe('the WebAssembly renderer', () => {
  const renderer = wasmRenderer();
  afterAll(() => renderer[Symbol.asyncDispose]());

  it('gives the bytes, the objects, what was read and who rendered', async () => {
    const files = snapshotOf({ 'overlay/kustomization.yaml': 'resources: [one.yaml]\n', 'overlay/one.yaml': settings('one') });

    const outcome = await renderer.render(overlay, files);

    expect(outcome).toMatchObject({
      kind: 'rendered',
      yaml: 'apiVersion: v1\ndata:\n  mode: "on"\nkind: ConfigMap\nmetadata:\n  name: one\n',
      objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'one' }, data: { mode: 'on' } }],
    });
    expect(outcome.kind === 'rendered' && outcome.versions['kustomize']).toMatch(/^v5\./);
    expect(outcome.inputs).toContainEqual(expect.objectContaining({ path: 'overlay/one.yaml', kind: 'file' }));
    expect(outcome.inputs).toContainEqual({ path: 'overlay/Kustomization', kind: 'absent' });
  });

  it('digests the objects, not their order', async () => {
    const texts = { 'overlay/one.yaml': settings('one'), 'overlay/two.yaml': settings('two') };
    const first = snapshotOf({ ...texts, 'overlay/kustomization.yaml': 'resources: [one.yaml, two.yaml]\nsortOptions: { order: fifo }\n' });
    const second = snapshotOf({
      ...texts,
      'overlay/kustomization.yaml': 'resources: [two.yaml, one.yaml]\nsortOptions: { order: fifo }\n',
    });

    const [one, other] = [await renderer.render(overlay, first), await renderer.render(overlay, second)];

    expect(one.kind === 'rendered' && one.yaml).not.toBe(other.kind === 'rendered' && other.yaml);
    expect(one.kind === 'rendered' && one.digest).toBe(other.kind === 'rendered' && other.digest);
  });

  it('answers what the files say with a code, not with an exception', async () => {
    const files = snapshotOf({ 'overlay/kustomization.yaml': 'resources: ["https://git.example.com/base?ref=main"]\n' });

    await expect(renderer.render(overlay, files)).resolves.toMatchObject({ kind: 'failed', code: 'remote-base' });
  });

  it('renders nothing above the root that it is given', async () => {
    const files = snapshotOf({ 'overlay/kustomization.yaml': 'resources: [../../elsewhere]\n' });

    await expect(renderer.render(overlay, files)).resolves.toMatchObject({ kind: 'failed', code: 'outside-root' });
  });

  describe('of a folder with a chart', () => {
    const template =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: {{ .Release.Name }}, namespace: {{ .Release.Namespace }} }\ndata: { mode: "{{ .Values.mode }}" }\n';
    const chart = { 'Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n', 'templates/a.yaml': template };
    const below = (folder: string): Readonly<Record<string, string>> =>
      Object.fromEntries(Object.entries(chart).map(([name, text]) => [`${folder}/${name}`, text]));
    const document = (spec: string): string => `apiVersion: fairlead.dev/v1\nkind: HelmRender\nspec: { ${spec} }\n`;

    it('renders it as helm-render.yaml says, and takes that for an input', async () => {
      const files = {
        ...below('charts/c'),
        'overlay/helm-render.yaml': document(
          'chart: ../charts/c, releaseName: shop, namespace: prod, values: [values/a.yaml], parameters: [{ name: mode, value: "1", forceString: true }]',
        ),
        'overlay/values/a.yaml': 'mode: plain\n',
      };

      const outcome = await renderer.render(overlay, snapshotOf(files));

      expect(outcome).toMatchObject({
        kind: 'rendered',
        objects: [{ metadata: { name: 'shop', namespace: 'prod' }, data: { mode: '1' } }],
      });
      const read = outcome.inputs.filter(({ kind }) => kind === 'file').map(({ path }) => path);
      expect(read).toEqual(['charts/c/Chart.yaml', 'charts/c/templates/a.yaml', 'overlay/helm-render.yaml', 'overlay/values/a.yaml']);
    });

    it('renders one about which nothing is said by the name of its folder', async () => {
      expect(await renderer.render(overlay, snapshotOf(below('overlay')))).toMatchObject({
        kind: 'rendered',
        objects: [{ metadata: { name: 'overlay', namespace: 'default' } }],
      });
    });

    it('prefers a kustomization', async () => {
      const files = snapshotOf({
        ...below('overlay'),
        'overlay/kustomization.yaml': 'resources: [one.yaml]\n',
        'overlay/one.yaml': settings('one'),
      });

      expect(await renderer.render(overlay, files)).toMatchObject({ kind: 'rendered', objects: [{ metadata: { name: 'one' } }] });
    });

    it.each([
      [
        'both',
        { 'overlay/kustomization.yaml': '' },
        'chart: ../c, releaseName: r, namespace: n',
        'both a kustomization and helm-render.yaml',
      ],
      ['a mistake', {}, 'chart: ../c, releaseName: r, namespce: n', 'spec.namespce is no field of this document'],
      ['a chart outside', {}, 'chart: ../../c, releaseName: r, namespace: n', "'../../c' of overlay/helm-render.yaml is outside"],
      ['no chart', {}, 'chart: ../c, releaseName: r, namespace: n', 'Chart.yaml file is missing'],
      ['a version that is none', below('c'), 'chart: ../c, releaseName: r, namespace: n, kubeVersion: new', "kube version 'new'"],
      [
        'another archive than the one pinned',
        { 'overlay/c.tgz': 'x' },
        `chart: c.tgz, digest: "sha256:${'0'.repeat(64)}", releaseName: r, namespace: n`,
        'and is pinned as sha256:000',
      ],
    ])('fails on %s', async (_what, files, ...rest) => {
      const [spec, message] = rest;

      const outcome = await renderer.render(overlay, snapshotOf({ ...files, 'overlay/helm-render.yaml': document(spec) }));

      expect(outcome.kind === 'failed' && outcome.message).toContain(message);
    });
  });
});
