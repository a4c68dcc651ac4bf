import { afterAll, describe, expect, it } from 'vitest';
import { memorySnapshot } from './memory-snapshot.ts';
import { type HelmRequest } from './render-request.ts';
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
  ])('fails on %s', async (_what, request, code) => {
    expect(await renderer.render(request)).toMatchObject({ kind: 'failed', code });
  });
});
