import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { JsonObject } from '@fairlead/domain';
import { z } from 'zod';
import { must } from '../../e2e/cluster/api.ts';
import { startTestCluster, type TestCluster } from '../../e2e/cluster/start-test-cluster.ts';
import { isEdited, recordedPairs } from './realistic-pairs.ts';
import { runProgram } from './run-program.ts';

/** A real API server to which a team's usual mix was applied, and one object in a hundred edited by hand afterwards. */
export interface EditedCluster extends AsyncDisposable {
  readonly cluster: TestCluster;
  /** `objects.yaml`, and a kustomization of it. */
  readonly folder: string;
  readonly desired: readonly JsonObject[];
  /** Names of the edited. */
  readonly edited: readonly string[];
  /** Of ConfigMaps that nobody edited yet. */
  readonly untouched: readonly string[];
}

export const objectsFile = 'objects.yaml';
const namespace = 'shop';

export async function editedCluster(count: number): Promise<EditedCluster> {
  await using stack = new AsyncDisposableStack();
  const cluster = stack.use(await startTestCluster());
  const folder = await mkdtemp(join(tmpdir(), 'fl-bench-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const pairOf = recordedPairs();
  const desired = Array.from({ length: count }, (_, index) => inNamespace(pairOf(index).desired));
  await writeFile(join(folder, objectsFile), desired.map((object) => JSON.stringify(object)).join('\n---\n'));
  await writeFile(join(folder, 'kustomization.yaml'), `resources: [${objectsFile}]\n`);
  await must(cluster.api('POST', '/api/v1/namespaces', { body: { metadata: { name: namespace } } }));
  await runProgram(cluster.kubectl, ['--kubeconfig', cluster.kubeconfigPath, 'apply', '-f', objectsFile], { cwd: folder, code: 0 });
  const edited = desired.flatMap((object, index) => (isEdited(index) ? [nameOf(object)] : []));
  for (const name of edited) await editConfigMap(cluster, name);
  await settled(cluster);
  const untouched = desired.flatMap((object, index) => (object['kind'] === 'ConfigMap' && !isEdited(index) ? [nameOf(object)] : []));
  const all = stack.move();
  return { cluster, folder, desired, edited, untouched, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** Where everybody looks: a value that Git has. What is only added, `kubectl diff` leaves alone. */
export async function editConfigMap({ api }: TestCluster, name: string): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}/configmaps/${name}`;
  const { data } = z.object({ data: z.record(z.string(), z.string()) }).parse(JSON.parse(await must(api('GET', path))));
  const [key = ''] = Object.keys(data);
  await must(api('PATCH', path, { contentType: 'application/merge-patch+json', body: { data: { [key]: 'by hand' } } }));
}

const Pods = z.object({ items: z.array(z.object({ metadata: z.object({ resourceVersion: z.string() }) })) });

/** Until the controllers have nothing left to do: their work is nobody's here. */
async function settled({ api }: TestCluster): Promise<void> {
  let [before, quiet] = ['', 0];
  while (quiet < 3) {
    await pause(1000);
    const { items } = Pods.parse(JSON.parse(await must(api('GET', `/api/v1/namespaces/${namespace}/pods`))));
    const now = items.map(({ metadata }) => metadata.resourceVersion).join(' ');
    quiet = now === before ? quiet + 1 : 0;
    before = now;
  }
}

function inNamespace(object: JsonObject): JsonObject {
  const { namespace: _old, ...metadata } = z.record(z.string(), z.json()).parse(object['metadata']);
  return { ...object, metadata: { ...metadata, namespace } };
}

function nameOf(object: JsonObject): string {
  return z.object({ name: z.string() }).parse(object['metadata']).name;
}
