import { afterAll, describe, expect, it } from 'vitest';
import { memorySnapshot } from './memory-snapshot.ts';
import { type HelmRequest, type KustomizeRequest } from './render-request.ts';
import { createRenderer } from './renderer.ts';

const renderer = createRenderer();
afterAll(() => renderer[Symbol.asyncDispose]());

const chartFile = 'apiVersion: v2\nname: c\nversion: 1.0.0\n';

function chart(files: Readonly<Record<string, string>>, options: Partial<HelmRequest> = {}): HelmRequest {
  return {
    releaseName: 'r',
    namespace: 'n',
    ...options,
    kind: 'helm',
    path: 'c',
    files: memorySnapshot({ 'c/Chart.yaml': chartFile, ...files }),
  };
}

describe('a chart', () => {
  it('draws the same random values each time', async () => {
    const template =
      'draw: "{{ randInt 0 1000000 }} {{ randAlphaNum 12 }} {{ uuidv4 }} {{ shuffle "abcdefgh" }} {{ now | date "2006-01-02" }}"\n';

    const [first, second] = [
      await renderer.render(chart({ 'c/templates/a.yaml': template, 'c/README.md': 'one' })),
      await renderer.render(chart({ 'c/templates/a.yaml': template, 'c/README.md': 'two' })),
    ];

    expect(first).toMatchObject({ kind: 'rendered', cached: false });
    expect(first.kind === 'rendered' && first.yaml).toContain(' 1970-01-01"');
    expect(second).toMatchObject({ kind: 'rendered', cached: false, yaml: first.kind === 'rendered' && first.yaml });
  });

  it('reads nothing that .helmignore names', async () => {
    const { inputs } = await renderer.render(chart({ 'c/.helmignore': 'drafts/\n*.md\n', 'c/drafts/x': '', 'c/a.md': '', 'c/b.txt': '' }));

    const digest: unknown = expect.any(String);
    expect(inputs).toEqual([
      { path: 'c', kind: 'directory', digest },
      { path: 'c/.helmignore', kind: 'file', digest },
      { path: 'c/Chart.yaml', kind: 'file', digest },
      { path: 'c/a.md', kind: 'file' },
      { path: 'c/b.txt', kind: 'file', digest },
      { path: 'c/drafts', kind: 'directory' },
    ]);
  });

  it('gives each document as one object and comments as none', async () => {
    const text = 'kind: A\n---\n# nothing\n---\nkind: B\n';

    expect(await renderer.render(chart({ 'c/crds/x.yaml': text, 'c/templates/y.yaml': text }, { includeCrds: true }))).toMatchObject({
      objects: [{ kind: 'A' }, { kind: 'B' }, { kind: 'A' }, { kind: 'B' }],
    });
  });

  it('leaves out hooks where they are not wanted', async () => {
    const hook = 'kind: Job\nmetadata: {name: h, annotations: {helm.sh/hook: pre-install}}\n';

    expect(await renderer.render(chart({ 'c/templates/h.yaml': hook }))).toMatchObject({ objects: [{ kind: 'Job' }] });
    expect(await renderer.render(chart({ 'c/templates/h.yaml': hook }, { skipHooks: true }))).toMatchObject({ objects: [] });
  });

  it.each([
    ['a release name that Helm does not take', chart({}, { releaseName: 'No_Good' }), 'bad-request'],
    ['a Kubernetes version that is none', chart({}, { kubeVersion: 'newest' }), 'bad-request'],
    ['a values file that is not there', chart({}, { valuesFiles: ['v.yaml'] }), 'render-failed'],
    ['a values file outside of the root', chart({}, { valuesFiles: ['../v.yaml'] }), 'outside-root'],
    ['a template that does not parse', chart({ 'c/templates/a.yaml': '{{ if }}' }), 'render-failed'],
    [
      'a dependency that was not fetched',
      chart({ 'c/Chart.yaml': `${chartFile}dependencies: [{name: d, version: 1.0.0}]\n` }),
      'render-failed',
    ],
    ['a directory without a chart', { ...chart({}), path: '' }, 'render-failed'],
    ['a path where nothing is', { ...chart({}), path: 'd' }, 'render-failed'],
    ['an archive that is none', { ...chart({ 'c.tgz': 'x' }), path: 'c.tgz' }, 'render-failed'],
    ['a flag that does not parse', chart({}, { set: [{ flag: 'set', text: 'a[x]=1' }] }), 'render-failed'],
    ['a file of a flag outside of the root', chart({}, { set: [{ flag: 'set-file', text: 'a=../b' }] }), 'outside-root'],
  ])('fails on %s', async (_what, request, code) => {
    expect(await renderer.render(request)).toMatchObject({ kind: 'failed', code });
  });
});

describe('symbolic links in a chart', () => {
  const linked = (links: Readonly<Record<string, string>>): HelmRequest => ({
    ...chart({}),
    files: memorySnapshot({ 'c/Chart.yaml': chartFile, 'lib/a.yaml': 'kind: A\n', 'lib/templates/b.yaml': 'kind: B\n' }, links),
  });

  it('are followed, and what they say is an input', async () => {
    const result = await renderer.render(linked({ 'c/templates': '../lib/templates', 'c/values.yaml': '../lib/a.yaml' }));

    expect(result).toMatchObject({ kind: 'rendered', objects: [{ kind: 'B' }] });
    expect(result.inputs).toContainEqual({ path: 'c/templates', kind: 'symlink', digest: '../lib/templates' });
    expect(result.inputs).toContainEqual(expect.objectContaining({ path: 'lib/templates/b.yaml', kind: 'file' }));
  });

  it('lead to another render where they lead elsewhere', async () => {
    const before = await renderer.render(linked({ 'c/templates': '../lib/templates' }));
    const after = await renderer.render(linked({ 'c/templates': '../lib' }));

    expect(before).toMatchObject({ objects: [{ kind: 'B' }] });
    expect(after).toMatchObject({ objects: [{ kind: 'A' }, { kind: 'B' }], cached: false });
  });

  it.each([
    ['out of the root', '../../etc', ['outside-root', 'outside the readable root']],
    ['to an absolute path', '/etc/passwd', ['outside-root', 'outside the readable root']],
    ['to themselves', 'more', ['render-failed', 'too many levels of symbolic links']],
    ['to a folder that they lie in', '..', ['render-failed', 'a directory that it lies in']],
    ['to nothing', 'nowhere', ['render-failed', 'file does not exist']],
  ])('are refused where they lead %s', async (_where, target, [code, words]) => {
    const result = await renderer.render(linked({ 'c/more': target }));

    expect(result).toMatchObject({ kind: 'failed', code });
    expect(result.kind === 'failed' && result.message).toContain(words);
  });

  it('are refused where nobody knows what they say', async () => {
    const files = { look: (path: string) => memorySnapshot({ 'c/Chart.yaml': chartFile }, { 'c/more': 'x' }).look(path).then(untold) };
    const untold = <Answer extends { readonly kind: string }>(answer: Answer): Answer | { kind: 'symlink' } =>
      answer.kind === 'symlink' ? { kind: 'symlink' } : answer;

    expect(await renderer.render({ ...chart({}), files })).toMatchObject({ kind: 'failed', code: 'render-failed' });
  });
});

describe('a chart in a kustomization', () => {
  const inflated = (text: string, more: Readonly<Record<string, string>> = {}): KustomizeRequest => ({
    kind: 'kustomize',
    path: 'o',
    files: memorySnapshot({ 'o/kustomization.yaml': text, 'o/charts/c/Chart.yaml': chartFile, 'o/charts/c/values.yaml': '{}', ...more }),
  });

  it('is an input with all of its files', async () => {
    const template = { 'o/charts/c/templates/a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: {{ .Release.Name }}}\n' };

    const result = await renderer.render(inflated('helmCharts: [{name: c, releaseName: r}]\nnamePrefix: x-\n', template));

    expect(result).toMatchObject({ kind: 'rendered', objects: [{ metadata: { name: 'x-r' } }] });
    expect(result.inputs).toContainEqual(expect.objectContaining({ path: 'o/charts/c/templates/a.yaml', kind: 'file' }));
  });

  it.each([
    ['that is not there', 'helmCharts: [{name: d}]', ['render-failed', "no chart found at 'o/charts/d'"]],
    [
      'that would be fetched',
      'helmCharts: [{name: d, repo: "https://charts.example.com"}]',
      ['remote-base', 'nothing remote is ever fetched'],
    ],
    ['outside of the kustomization', 'helmGlobals: {chartHome: ../x}\nhelmCharts: [{name: c}]', ['outside-root', 'is not in or below']],
    [
      'outside of the root',
      'helmGlobals: {chartHome: ../../x}\nhelmCharts: [{name: c, valuesFile: k}]',
      ['outside-root', 'outside the readable root'],
    ],
  ])('is refused %s', async (_what, text, [code, words]) => {
    const result = await renderer.render(inflated(text, { 'x/c/Chart.yaml': chartFile, 'x/c/values.yaml': '{}', 'o/k': '{}' }));

    expect(result).toMatchObject({ kind: 'failed', code });
    expect(result.kind === 'failed' && result.message).toContain(words);
  });
});
