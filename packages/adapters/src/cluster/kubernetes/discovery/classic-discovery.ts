import { z } from 'zod';
import { kubernetesFault } from '../../../http/kubernetes-fault.ts';
import type { KubernetesWire } from '../../../http/kubernetes/kubernetes-wire.ts';
import { inParallel } from '../in-parallel.ts';
import { gapsOfGroup, kindsOfGroup, type Discovered, type DiscoveredGroup, type DiscoveredVersion } from './discovered-groups.ts';

const Versions = z.object({ versions: z.array(z.string()).default([]) });

const Groups = z.object({
  groups: z
    .array(
      z.object({
        name: z.string(),
        versions: z.array(z.object({ version: z.string() })).default([]),
        preferredVersion: z.object({ version: z.string() }).optional(),
      }),
    )
    .default([]),
});

const Resources = z.object({
  resources: z
    .array(z.object({ name: z.string(), kind: z.string(), namespaced: z.boolean().default(false), verbs: z.array(z.string()).default([]) }))
    .default([]),
});

/** By one request for each version of a group; `bodies` are those of `/api` and `/apis`. A version that fails is a gap, and takes no other with it. */
export async function classicDiscovery(wire: KubernetesWire, bodies: readonly unknown[], since: string): Promise<Discovered> {
  const [core, rest] = bodies;
  const wanted = [{ group: '', versions: Versions.parse(core).versions }, ...groupVersions(rest)];
  const groups = await inParallel(wanted, async ({ group, versions }): Promise<DiscoveredGroup> => {
    return { group, versions: await Promise.all(versions.map((version) => readVersion(wire, { group, version }))) };
  });
  return { kinds: groups.flatMap(kindsOfGroup), gaps: groups.flatMap((group) => gapsOfGroup(group, since)) };
}

function groupVersions(body: unknown): readonly { readonly group: string; readonly versions: readonly string[] }[] {
  return Groups.parse(body).groups.map(({ name: group, versions, preferredVersion }) => {
    const names = [...(preferredVersion === undefined ? [] : [preferredVersion]), ...versions].map(({ version }) => version);
    return { group, versions: [...new Set(names)] };
  });
}

interface GroupVersion {
  readonly group: string;
  readonly version: string;
}

async function readVersion(wire: KubernetesWire, { group, version }: GroupVersion): Promise<DiscoveredVersion> {
  const path = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  try {
    const { resources } = Resources.parse((await wire.ask({ path })).body);
    // A slash: a subresource.
    const kinds = resources.filter(({ name }) => !name.includes('/')).map(({ name, ...kind }) => ({ ...kind, resource: name }));
    return { version, kinds };
  } catch (cause) {
    const unreadable = cause instanceof z.ZodError;
    return { version, broken: unreadable ? 'its discovery can not be read' : kubernetesFault(cause, `discovering ${path}`).message };
  }
}
