import { z } from 'zod';
import { must, type CallApi } from '../api.ts';

/** A kind that the server stores, and where. */
export interface ServerKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

const Groups = z.object({
  groups: z.array(z.object({ versions: z.array(z.object({ groupVersion: z.string() })) })),
});
const Resources = z.object({
  resources: z.array(z.object({ name: z.string(), kind: z.string(), namespaced: z.boolean(), verbs: z.array(z.string()) })),
});

/** Every kind that can be listed, in each version that is served. */
export async function serverKinds(api: CallApi): Promise<readonly ServerKind[]> {
  const { groups } = Groups.parse(JSON.parse(await must(api('GET', '/apis'))));
  const versions = ['v1', ...groups.flatMap((group) => group.versions.map(({ groupVersion }) => groupVersion))];
  return (await Promise.all(versions.map((groupVersion) => kindsOf(api, groupVersion)))).flat();
}

async function kindsOf(api: CallApi, groupVersion: string): Promise<readonly ServerKind[]> {
  const { resources } = Resources.parse(JSON.parse(await must(api('GET', groupVersionPath(groupVersion)))));
  const [version = '', group = ''] = groupVersion.split('/').reverse();
  return resources
    .filter(({ name, verbs }) => verbs.includes('list') && !name.includes('/'))
    .map(({ name, kind, namespaced }) => ({ group, version, kind, plural: name, namespaced }));
}

/** Where the API of a version begins. */
export function groupVersionPath(groupVersion: string): string {
  return groupVersion.includes('/') ? `/apis/${groupVersion}` : `/api/${groupVersion}`;
}
