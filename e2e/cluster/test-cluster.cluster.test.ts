import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readDefinitions } from './definitions.ts';
import { startTestCluster, type TestCluster } from './start-test-cluster.ts';

const run = promisify(execFile);

function isGone(path: string): Promise<boolean> {
  return access(path).then(
    () => false,
    () => true,
  );
}

describe('a test cluster', () => {
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await startTestCluster({ definitions: await readDefinitions() });
  });
  afterAll(() => cluster[Symbol.asyncDispose]());

  const kubectl = async (kubeconfig: string, ...words: readonly string[]): Promise<string> => {
    const { stdout, stderr } = await run(cluster.kubectl, ['--kubeconfig', kubeconfig, ...words]).catch((error: unknown) => ({
      stdout: '',
      stderr: String(error),
    }));
    return `${stdout}${stderr}`.trim();
  };

  it('obeys its administrator, and nobody else', async () => {
    expect(await kubectl(cluster.kubeconfigPath, 'auth', 'can-i', '*', '*')).toBe('yes');
    expect(await kubectl(cluster.nobodyKubeconfigPath, 'get', 'pods')).toContain('User "nobody" cannot list resource "pods"');
  });

  it('says which Kubernetes it is', async () => {
    expect(await kubectl(cluster.kubeconfigPath, 'version')).toMatch(/Client Version: (v1\.\d+\.\d+)\n(?:.*\n)*Server Version: \1/);
  });

  it('serves what Argo CD and Flux define, by the schema of the real thing', async () => {
    const served = await kubectl(cluster.kubeconfigPath, 'get', 'customresourcedefinitions', '--output=name');
    const application = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'a' }, spec: { project: 'default' } };

    const { code, text } = await cluster.api('POST', '/apis/argoproj.io/v1alpha1/namespaces/default/applications', { body: application });

    const names = (await readDefinitions()).map(({ name }) => `customresourcedefinition.apiextensions.k8s.io/${name}`);
    expect(served.split('\n').sort()).toEqual(names.sort());
    expect([code, text]).toEqual([422, expect.stringContaining('spec.destination: Required value')]);
  });

  it('runs an ephemeral container that somebody puts into a pod', async () => {
    const pods = '/api/v1/namespaces/default/pods';
    const image = `registry.example.test/web@sha256:${'a'.repeat(64)}`;
    await cluster.api('POST', pods, { body: { metadata: { name: 'web' }, spec: { containers: [{ name: 'web', image }] } } });

    await kubectl(cluster.kubeconfigPath, 'wait', '--for=condition=Ready', 'pod/web');
    await kubectl(cluster.kubeconfigPath, 'debug', 'web', '--image', image, '--container', 'probe', '--quiet');

    const path = '{.status.ephemeralContainerStatuses[*].imageID}';
    await vi.waitUntil(async () => (await kubectl(cluster.kubeconfigPath, 'get', 'pod', 'web', '--output', `jsonpath=${path}`)) === image);
  });
});

it('a test cluster takes its processes and files along', async () => {
  const cluster = await startTestCluster();

  await cluster[Symbol.asyncDispose]();

  await expect(cluster.api('GET', '/readyz')).rejects.toThrow('ECONNREFUSED');
  expect(await isGone(dirname(cluster.kubeconfigPath))).toBe(true);
});

it('a test cluster goes with whoever started it, however that ended', async () => {
  const program = join(import.meta.dirname, 'run.ts');
  const owner = spawn(process.execPath, ['--conditions=source', program, '--bare'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line]: readonly string[] = await firstLines(owner.stdout, 1);
  const kubeconfig = line?.replace('KUBECONFIG=', '') ?? '';
  expect(await isGone(kubeconfig)).toBe(false);

  owner.kill('SIGKILL');
  await once(owner, 'exit');

  await vi.waitUntil(() => isGone(dirname(kubeconfig)), { timeout: 20_000 });
});

async function firstLines(stream: NodeJS.ReadableStream, count: number): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: stream })) if (lines.push(line) === count) break;
  return lines;
}
