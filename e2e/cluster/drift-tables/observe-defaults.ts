import type { Json, JsonObject } from '@fairlead/domain';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { must, type CallApi } from '../api.ts';
import { additionsTo, isObject, type Addition } from './additions.ts';
import { createDefaultClasses } from './default-classes.ts';
import { groupVersionPath, serverKinds, type ServerKind } from './server-kinds.ts';

/** What became of one object of `objects/`. */
export interface Observation {
  /** Where it comes from, for whoever reads a complaint. */
  readonly title: string;
  readonly type: ServerKind;
  readonly sent: JsonObject;
  readonly stored: JsonObject;
  readonly additions: readonly Addition[];
}

const namespace = 'tables';
const patienceMs = 30_000;
const objects = join(import.meta.dirname, 'objects');
const Sent = z.record(z.string(), z.json()).and(z.object({ apiVersion: z.string(), kind: z.string() }));
const Stored = z.record(z.string(), z.json());

/** Sends every object of `objects/` and sees what comes back. */
export async function observeDefaults(api: CallApi): Promise<readonly Observation[]> {
  await must(api('POST', '/api/v1/namespaces', { body: { metadata: { name: namespace } } }));
  const accounts = `/api/v1/namespaces/${namespace}/serviceaccounts`;
  await must(api('POST', accounts, { body: { metadata: { name: 'own' } } }));
  await createDefaultClasses(api, namespace);
  // Without it no pod is admitted, and a controller makes it.
  await untilStored(api, `${accounts}/default`, () => true);
  const types = new Map((await serverKinds(api)).map((type) => [`${type.group}/${type.version}/${type.kind}`, type]));
  const observations: Observation[] = [];
  for (const file of (await readdir(objects)).sort()) {
    for (const document of parseAllDocuments(await readFile(join(objects, file), 'utf8'), { merge: true })) {
      const { apiVersion, kind, ...sent } = Sent.parse(document.toJS());
      const type = types.get(`${apiVersion.includes('/') ? '' : '/'}${apiVersion}/${kind}`);
      if (type === undefined) throw new Error(`${file}: the server has no ${apiVersion} ${kind}`);
      observations.push(await observe(api, type, { title: `${file}: ${kind} ${nameOf(sent)}`, sent }));
    }
  }
  return observations;
}

interface Sending {
  readonly title: string;
  readonly sent: JsonObject;
}

async function observe(api: CallApi, type: ServerKind, { title, sent }: Sending): Promise<Observation> {
  const { group, version, kind, plural, namespaced } = type;
  const groupVersion = group === '' ? version : `${group}/${version}`;
  const path = `${groupVersionPath(groupVersion)}${namespaced ? `/namespaces/${namespace}` : ''}/${plural}`;
  const body = { apiVersion: groupVersion, kind, ...sent };
  const stored = await store(api, path, body).catch((error: unknown) => {
    throw new Error(`${title} is refused`, { cause: error });
  });
  const { status: _, apiVersion: __, kind: ___, ...rest } = stored;
  return { title, type, sent: body, stored, additions: additionsTo(withoutIdentity(sent), withoutIdentity(rest)) };
}

/** A pod is stored for real: its node comes later. Of all others, a dry run says enough and leaves nothing behind. */
async function store(api: CallApi, path: string, body: JsonObject): Promise<JsonObject> {
  const isPod = body['kind'] === 'Pod';
  const made = Stored.parse(JSON.parse(await must(api('POST', path, { body, query: isPod ? {} : { dryRun: 'All' } }))));
  return isPod ? untilStored(api, `${path}/${nameOf(body)}`, ({ spec }) => isObject(spec) && spec['nodeName'] !== undefined) : made;
}

async function untilStored(api: CallApi, path: string, wanted: (object: JsonObject) => boolean): Promise<JsonObject> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const { code, text } = await api('GET', path);
    const object = Stored.parse(JSON.parse(text));
    if (code === 200 && wanted(object)) return object;
    if (performance.now() > deadline) throw new Error(`${path} is still ${text}`);
    await pause(20);
  }
}

function nameOf({ metadata }: JsonObject): string {
  const name = isObject(metadata) ? metadata['name'] : undefined;
  return typeof name === 'string' ? name : '';
}

const identity = ['name', 'namespace', 'uid', 'resourceVersion', 'creationTimestamp', 'generation', 'managedFields', 'selfLink'];

/** Of the metadata only what a comparison looks at. */
function withoutIdentity({ metadata = {}, ...rest }: JsonObject): JsonObject {
  const kept = Object.entries(isObject(metadata) ? metadata : {}).filter(([key]) => !identity.includes(key));
  return { ...rest, metadata: Object.fromEntries<Json>(kept) };
}
