import { setTimeout as pause } from 'node:timers/promises';
import { must, type CallApi } from './api.ts';
import { readDefinitions } from './definitions.ts';

const collection = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const patienceMs = 30_000;

/** Installs what Argo CD and Flux define, and waits until each is served. */
export async function installDefinitions(api: CallApi): Promise<void> {
  const definitions = await readDefinitions();
  const query = { fieldManager: 'test-cluster', force: 'true' };
  for (const { name, yaml } of definitions) {
    await must(api('PATCH', `${collection}/${name}`, { body: yaml, contentType: 'application/apply-patch+yaml', query }));
  }
  await Promise.all(definitions.map(({ name }) => established(api, name)));
}

async function established(api: CallApi, name: string): Promise<void> {
  const deadline = performance.now() + patienceMs;
  const [plural = '', ...group] = name.split('.');
  while (!(await isServed(api, plural, group.join('.')))) {
    if (performance.now() > deadline) throw new Error(`the definition ${name} is not served after ${patienceMs.toString()} ms`);
    await pause(20);
  }
}

/** Discovery is the last to know. */
async function isServed(api: CallApi, plural: string, group: string): Promise<boolean> {
  const { code, text } = await api('GET', `/apis/${group}`);
  const version = /"preferredVersion":\{"groupVersion":"([^"]+)"/.exec(text.replaceAll(/\s/g, ''))?.[1];
  if (code !== 200 || version === undefined) return false;
  const resources = await api('GET', `/apis/${version}`);
  return resources.code === 200 && resources.text.includes(`"name":"${plural}"`);
}
