import { setTimeout as pause } from 'node:timers/promises';
import { must, type CallApi } from './api.ts';
import type { Definition } from './definitions.ts';

const collection = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const patienceMs = 30_000;

/** Installs definitions in a new cluster, and waits until each is served. */
export async function installDefinitions(api: CallApi, definitions: readonly Definition[]): Promise<void> {
  await Promise.all(definitions.map(({ yaml }) => must(api('POST', collection, { body: yaml, contentType: 'application/yaml' }))));
  await Promise.all(definitions.map(({ name }) => established(api, name)));
}

async function established(api: CallApi, name: string): Promise<void> {
  const deadline = performance.now() + patienceMs;
  const [plural = '', ...group] = name.split('.');
  while (!(await isServed(api, plural, group.join('.')))) {
    if (performance.now() > deadline) throw new Error(`the definition ${name} is not served after ${patienceMs.toString()} ms`);
    await pause(50);
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
