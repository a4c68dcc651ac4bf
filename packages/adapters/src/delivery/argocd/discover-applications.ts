import { sameFolder, sameRepository, UpstreamError, type DiscoveredTarget, type JsonObject, type SourceQuery } from '@fairlead/domain';
import { redact } from '../../http/redact.ts';
import { foldersOf, textOf } from './application-sources.ts';
import type { ArgoCdClient } from './client.ts';
import { observeDestination } from './observe-application.ts';
import { isAutomated } from './observe-keeping.ts';
import type { FoundApplication } from './schema.ts';

/** Applications whose desired state is in the folder: by one of their sources, or by what a hydrator reads or writes for them. */
export async function discoverApplications(
  client: ArgoCdClient,
  namespaces: readonly string[],
  { cluster, ...query }: SourceQuery & { readonly cluster: string },
): Promise<readonly DiscoveredTarget[]> {
  const applications = await everyApplication(client, namespaces, cluster);
  return applications.flatMap((application) => {
    const source = foldersOf(application.spec).find((folder) => isFolder(folder, query));
    return source === undefined ? [] : [found(cluster, application, source)];
  });
}

/** Where only the named namespaces are ours to list, the rest stays unseen: a right that an installation may choose not to give. */
async function everyApplication(
  client: ArgoCdClient,
  namespaces: readonly string[],
  cluster: string,
): Promise<readonly FoundApplication[]> {
  try {
    return await client.find(cluster, undefined);
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.code !== 'kubernetes-forbidden') throw error;
    return (await Promise.all(namespaces.map((namespace) => client.find(cluster, namespace)))).flat();
  }
}

function isFolder(source: JsonObject, { path, repositories }: SourceQuery): boolean {
  if (!sameFolder(textOf(source, 'path'), path)) return false;
  return repositories.length === 0 || repositories.some((repository) => sameRepository(repository, textOf(source, 'repoURL')));
}

function found(cluster: string, { metadata, spec }: FoundApplication, source: JsonObject): DiscoveredTarget {
  return {
    target: { controller: 'argocd', cluster, namespace: metadata.namespace, name: metadata.name },
    source: {
      repository: redact(textOf(source, 'repoURL')),
      path: textOf(source, 'path'),
      targetRevision: textOf(source, 'targetRevision'),
    },
    destination: observeDestination(spec),
    automatedSync: isAutomated({ spec }),
  };
}
