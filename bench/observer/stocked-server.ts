import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { objectRefOf, resourceOf, type JsonObject } from '@fairlead/domain';
import { startKubernetes } from '@fairlead/sandbox';
import { z } from 'zod';
import { realisticPairs } from '../drift/realistic-pairs.ts';

/** How many objects in how many namespaces. */
export const Stock = z.object({ objects: z.int().positive(), namespaces: z.int().positive() });
export type Stock = z.infer<typeof Stock>;

export function namespaceNames({ namespaces }: Stock): readonly string[] {
  return Array.from({ length: namespaces }, (_, index) => `pc-${String(index)}`);
}

/** All that is in them. */
export function stockedObjects(stock: Stock): readonly JsonObject[] {
  const names = namespaceNames(stock);
  return realisticPairs(stock.objects).map(({ desired }, index) => inNamespace(desired, names[index % names.length] ?? ''));
}

/** Controllers that react would make the server busy while the observer is measured. */
const neverMs = 2 ** 30;

/** The sandbox's API server in a thread of its own, so that its work is not the observer's; says its kubeconfig when it is stocked. */
async function serve(stock: Stock): Promise<string> {
  const names = namespaceNames(stock);
  const kubernetes = await startKubernetes({ latencyMs: neverMs });
  const create = async (path: string, object: object): Promise<void> => {
    const headers = { authorization: `Bearer ${kubernetes.adminToken}`, 'content-type': 'application/json' };
    const answer = await fetch(`${kubernetes.url}${path}`, { method: 'POST', headers, body: JSON.stringify(object) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`creating at ${path}: ${text}`);
  };
  for (const name of names) await create('/api/v1/namespaces', { metadata: { name } });
  for (const object of stockedObjects(stock)) await create(pathOf(object), object);
  return kubernetes.kubeconfig();
}

function inNamespace(object: JsonObject, namespace: string): JsonObject {
  const { name, labels, annotations } = z
    .object({ name: z.string(), labels: z.json().optional(), annotations: z.json().optional() })
    .parse(object['metadata']);
  return {
    ...object,
    metadata: { name, namespace, ...(labels === undefined ? {} : { labels }), ...(annotations === undefined ? {} : { annotations }) },
  };
}

function pathOf(object: JsonObject): string {
  const ref = objectRefOf(object);
  const root = ref.group === '' ? `/api/${ref.version}` : `/apis/${ref.group}/${ref.version}`;
  return `${root}/namespaces/${ref.namespace ?? ''}/${resourceOf(ref).resource}`;
}

if (!isMainThread) parentPort?.postMessage(await serve(Stock.parse(workerData)));
