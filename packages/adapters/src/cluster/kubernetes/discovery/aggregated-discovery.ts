import { z } from 'zod';
import { gapsOfGroup, kindsOfGroup, type Discovered, type DiscoveredGroup, type DiscoveredVersion } from './discovered-groups.ts';

const form = (version: string): string => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;
/** The second one is of servers before 1.30; the last one asks for the classic form, which every server has. */
export const aggregatedTypes = [form('v2'), form('v2beta1'), 'application/json'].join(',');

const Resource = z.object({
  resource: z.string(),
  responseKind: z.object({ kind: z.string() }).nullish(),
  scope: z.string().default(''),
  verbs: z.array(z.string()).default([]),
});

const Version = z.object({ version: z.string(), freshness: z.string().default('Current'), resources: z.array(Resource).default([]) });

const GroupList = z.object({
  kind: z.literal('APIGroupDiscoveryList'),
  items: z
    .array(
      z.object({
        // The core group has none.
        metadata: z.object({ name: z.string().default('') }).prefault({}),
        versions: z.array(Version).default([]),
      }),
    )
    .default([]),
});

export function isAggregated(body: unknown): boolean {
  return GroupList.safeParse(body).success;
}

export function aggregatedKinds(bodies: readonly unknown[], since: string): Discovered {
  const groups = bodies.flatMap((body) =>
    GroupList.parse(body).items.map(({ metadata, versions }): DiscoveredGroup => ({ group: metadata.name, versions: versions.map(read) })),
  );
  return { kinds: groups.flatMap(kindsOfGroup), gaps: groups.flatMap((group) => gapsOfGroup(group, since)) };
}

/** What a stale version lists is what it served once, or nothing. */
function read({ version, freshness, resources }: z.infer<typeof Version>): DiscoveredVersion {
  if (freshness !== 'Current') return { version, broken: 'the API server that serves it does not answer discovery' };
  const kinds = resources.flatMap(({ resource, responseKind, scope, verbs }) => {
    // Some extension servers leave out the kind of what can't be read.
    return responseKind?.kind === undefined || responseKind.kind === ''
      ? []
      : [{ kind: responseKind.kind, resource, namespaced: scope === 'Namespaced', verbs }];
  });
  return { version, kinds };
}
