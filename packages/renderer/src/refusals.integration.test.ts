import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FileSnapshot } from './file-snapshot.ts';
import { memorySnapshot } from './memory-snapshot.ts';
import { type RenderResult } from './render-result.ts';
import { createRenderer } from './renderer.ts';

const renderer = createRenderer();
afterAll(() => renderer[Symbol.asyncDispose]());

const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n';

function build(files: Readonly<Record<string, string>>, path = 'overlay'): Promise<RenderResult> {
  return renderer.render({ kind: 'kustomize', path, files: memorySnapshot(files) });
}

describe('what would come over the network', () => {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  let port = 0;

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (typeof address === 'object' && address !== null) ({ port } = address);
  });
  afterAll(() => server.close());

  it.each([
    ['a resource', 'resources: ["http://127.0.0.1:PORT/pod.yaml"]'],
    ['a base by Git over HTTP', 'resources: ["http://127.0.0.1:PORT/org/repo.git//base?ref=v1"]'],
    ['a base by SSH', 'resources: ["ssh://git@127.0.0.1:PORT/org/repo.git//base"]'],
    ['a base in the short form of SSH', 'resources: ["git@127.0.0.1:org/repo"]'],
    ['a base forced to be Git', 'resources: ["git::http://127.0.0.1:PORT/org/repo"]'],
    ['a base by file URL', 'resources: ["file:///etc/repo.git"]'],
    ['a component', 'components: ["http://127.0.0.1:PORT/org/repo.git//c"]'],
    ['a generator', 'generators: ["http://127.0.0.1:PORT/g.yaml"]'],
    ['a patch', 'resources: [pod.yaml]\npatches: [{path: "http://127.0.0.1:PORT/p.yaml"}]'],
    ['a generated file', 'configMapGenerator: [{name: c, files: ["http://127.0.0.1:PORT/f"]}]'],
    ['a schema', 'openapi: {path: "http://127.0.0.1:PORT/s.json"}\nresources: [pod.yaml]'],
    ['a CRD', 'crds: ["http://127.0.0.1:PORT/crd.json"]\nresources: [pod.yaml]'],
    ['a chart', 'helmCharts: [{name: c, repo: "http://127.0.0.1:PORT", version: 1.0.0}]'],
  ])('refuses %s without a connection', async (_what, text) => {
    const result = await build({ 'overlay/kustomization.yaml': text.replaceAll('PORT', String(port)), 'overlay/pod.yaml': pod });

    expect(result).toMatchObject({ kind: 'failed', code: 'remote-base' });
    expect(connections).toBe(0);
  });
});

describe('what would run a program', () => {
  const plugin = (annotations: string): string =>
    `apiVersion: team.example.com/v1\nkind: Tool\nmetadata:\n  name: t\n  annotations: {config.kubernetes.io/function: "${annotations}"}\n`;

  it.each([
    ['an exec or Go plugin', 'generators: [plugin.yaml]', 'apiVersion: team.example.com/v1\nkind: Tool\nmetadata: {name: t}\n'],
    ['an exec function', 'transformers: [plugin.yaml]', plugin('exec: {path: ./tool}')],
    ['a container function', 'generators: [plugin.yaml]', plugin('container: {image: example/tool}')],
    ['a validating function', 'validators: [plugin.yaml]', plugin('container: {image: example/tool}')],
  ])('refuses %s', async (_what, kustomization, text) => {
    const files = {
      'overlay/kustomization.yaml': `resources: [pod.yaml]\n${kustomization}`,
      'overlay/pod.yaml': pod,
      'overlay/plugin.yaml': text,
    };

    expect(await build(files)).toMatchObject({ kind: 'failed', code: 'plugin-disabled' });
  });
});

describe('what is outside', () => {
  it.each([
    ['a file beside the overlay', 'resources: [../pod.yaml]'],
    ['a patch beside the overlay', 'resources: [pod.yaml]\npatches: [{path: ../pod.yaml}]'],
    ['a generated file beside the overlay', 'configMapGenerator: [{name: c, files: [../pod.yaml]}]'],
    ['a base above the readable root', 'resources: [../../overlay]'],
    ['a base far above the readable root', 'resources: [../../../../../../overlay]'],
    ['an absolute file', 'configMapGenerator: [{name: c, files: [/etc/passwd]}]'],
  ])('refuses %s', async (_what, kustomization) => {
    const files = { 'overlay/kustomization.yaml': kustomization, 'overlay/pod.yaml': pod, 'pod.yaml': pod };

    expect(await build(files)).toMatchObject({ kind: 'failed', code: 'outside-root' });
  });

  it('allows a base elsewhere below the readable root', async () => {
    const files = {
      'a/b/overlay/kustomization.yaml': 'resources: [../../../base]',
      'base/kustomization.yaml': 'resources: [pod.yaml]',
      'base/pod.yaml': pod,
    };

    expect(await build(files, 'a/b/overlay')).toMatchObject({ kind: 'rendered' });
  });

  it('refuses a path that leaves the root before it renders', async () => {
    expect(await build({}, '../overlay')).toMatchObject({ kind: 'failed', code: 'outside-root', inputs: [] });
  });

  it.each(['overlay/kustomization.yaml', 'overlay/pod.yaml', 'base'])('refuses the symbolic link %s', async (link) => {
    const files = memorySnapshot({
      'overlay/kustomization.yaml': 'resources: [pod.yaml, ../base]',
      'overlay/pod.yaml': pod,
      'base/kustomization.yaml': 'namePrefix: x-',
    });
    const linked: FileSnapshot = { look: (path) => (path === link ? Promise.resolve({ kind: 'symlink' }) : files.look(path)) };

    const result = await renderer.render({ kind: 'kustomize', path: 'overlay', files: linked });

    expect(result).toMatchObject({
      kind: 'failed',
      code: 'render-failed',
      message: `'${link}' is a symbolic link, which is never followed`,
    });
  });
});

describe('what upstream refuses', () => {
  const failure = async (files: Readonly<Record<string, string>>, path?: string): Promise<string> => {
    const result = await build(files, path);
    return result.kind === 'failed' ? `${result.code}: ${result.message}` : result.kind;
  };

  it('says where there is no kustomization', async () => {
    expect(await failure({ 'overlay/pod.yaml': pod })).toBe(
      `render-failed: unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory 'overlay'`,
    );
  });

  it('says that a directory is not there', async () => {
    expect(await failure({}, 'nowhere')).toMatch(/^render-failed: .*no such file or directory: 'nowhere'$/);
  });

  it('refuses bases that include each other', async () => {
    const files = { 'overlay/kustomization.yaml': 'resources: [../b]', 'b/kustomization.yaml': 'resources: [../overlay]' };

    expect(await failure(files)).toMatch(/^render-failed: .*cycle detected/);
  });

  it('refuses two kustomizations in one directory', async () => {
    const files = { 'overlay/kustomization.yaml': 'resources: []', 'overlay/Kustomization': 'resources: []' };

    expect(await failure(files)).toMatch(/^render-failed: Found multiple kustomization files/);
  });

  it('cuts a message in its middle that quotes a whole object', async () => {
    const quoted = `apiVersion: v1\nkind: Values\nmetadata: {name: v}\nspec: {1: a, long: "${'é'.repeat(50_000)}"}\n`;

    const message = await failure({ 'overlay/kustomization.yaml': 'resources: [v.yaml]', 'overlay/v.yaml': quoted });

    expect(message).toMatch(/^render-failed: .*é \[…\] .*$/s);
    expect(Buffer.byteLength(message)).toBeLessThan(4200);
  });
});
